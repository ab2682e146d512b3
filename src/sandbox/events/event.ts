import type {SandboxClock} from '../clock.ts';
import type {KubeObject, Stored} from '../objects.ts';
import type {EventSource} from './recorder.ts';

/** One call of a Recorder. */
export interface Occurrence {
  about: Stored;
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  source: EventSource;
  fieldPath: string | undefined;
}

/** What one occurrence comes to. */
export interface WrittenEvent {
  /** The whole event, for when it is new, or the one before has expired. */
  event: KubeObject & {metadata: {namespace: string; name: string}};
  /** Only what this occurrence changes in an event that was written before. */
  raised: Record<string, unknown> | undefined;
}

/** What all events have in common. */
export function eventAbout({about, type, reason, fieldPath}: Occurrence, name: string) {
  const {namespace, uid, resourceVersion} = about.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {namespace: namespace ?? 'default', name},
    involvedObject: {
      apiVersion: about.apiVersion,
      kind: about.kind,
      name: about.metadata.name,
      ...(namespace !== undefined && {namespace}),
      ...(uid && {uid}),
      ...(resourceVersion && {resourceVersion}),
      ...(fieldPath !== undefined && {fieldPath}),
    },
    type,
    reason,
  };
}

/** Names an event: the object's name and the time in nanoseconds, in hexadecimal, which is never the same twice. */
export function eventNames(clock: SandboxClock) {
  let last = 0n;
  return (about: Stored) => {
    const now = BigInt(Math.floor(clock.now())) * 1_000_000n;
    last = now > last ? now : last + 1n;
    return `${about.metadata.name}.${last.toString(16)}`;
  };
}
