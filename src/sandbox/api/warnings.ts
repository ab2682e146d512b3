import type {Stored} from '../objects.ts';
import type {ResourceType} from '../registry/resource-type.ts';
import type {Strategy} from '../registry/strategy.ts';
import {strategies} from '../schema/strategies/index.ts';
import type {Answer} from './answer.ts';
import type {Api} from './api.ts';

/**
 * The answer to a write with what the decoder and the resource's strategy warn of, in Warning headers (299).
 * @param before the object as it was before an update
 */
export function withWarnings(
  {registry, clock}: Api,
  {id}: ResourceType,
  object: Stored,
  decoded: readonly string[],
  answer: Answer,
  before?: Stored,
): Answer {
  const strategy: Strategy | undefined = strategies[id];
  const all = [...decoded, ...(strategy?.warnings?.(object, {registry, now: clock.now()}, before) ?? [])];
  if (all.length === 0) return answer;
  return {...answer, headers: {...answer.headers, warning: all.map(text => `299 - ${quoted(text)}`)}};
}

/** Every answer about Endpoints warns of them since Kubernetes 1.33. */
export function withDeprecation({id}: ResourceType, answer: Answer): Answer {
  if (id !== 'endpoints') return answer;
  const text = 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice';
  const warning = [`299 - ${quoted(text)}`, answer.headers?.warning ?? []].flat();
  return {...answer, headers: {...answer.headers, warning}};
}

/** A quoted string of HTTP. */
const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&').replace(/\s*\n\s*/g, ' ')}"`;
