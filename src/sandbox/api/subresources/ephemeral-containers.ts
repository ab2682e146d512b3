import {forbidden} from '../../status-error.ts';
import type {Api, NamedCall} from '../api.ts';

/** PUT and PATCH of pods/ephemeralcontainers, as `kubectl debug` sends it. @throws StatusError always: 403 */
export function refuseDebugging(_: Api, {type, name}: NamedCall): never {
  throw forbidden(type, name, 'the sandbox does not simulate ephemeral containers');
}
