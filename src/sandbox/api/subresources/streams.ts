import {badRequest, notFound} from '../../status-error.ts';
import type {StreamTarget} from '../../stream/handle-upgrade.ts';
import type {Api, Call, NamedCall} from '../api.ts';
import {flag} from '../list-options.ts';

/**
 * What an upgrade request for exec, attach or portforward is about.
 * @returns undefined when it is for something else
 * @throws StatusError 404 when there is no such Pod
 */
export function streamTarget(api: Api, call: Call): StreamTarget | undefined {
  const {type, namespace = '', name, subresource, request} = call;
  if (type.id !== 'pods' || name === undefined) return undefined;
  if (subresource !== 'exec' && subresource !== 'attach' && subresource !== 'portforward') return undefined;
  if (!api.registry.get('pods', namespace, name)) throw notFound(type, name);
  if (subresource === 'portforward') return {subresource, namespace, pod: name};
  const {query} = request;
  const tty = flag(query.get('tty'));
  return {
    subresource,
    namespace,
    pod: name,
    container: query.get('container') ?? undefined,
    command: query.getAll('command'),
    stdin: flag(query.get('stdin')),
    stdout: flag(query.get('stdout')),
    stderr: flag(query.get('stderr')) && !tty,
    tty,
  };
}

/** A plain request for one of them. */
export function refuseWithoutUpgrade(api: Api, call: NamedCall): never {
  streamTarget(api, call);
  throw badRequest('Upgrade request required');
}
