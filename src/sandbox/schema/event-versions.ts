import type {KubeObject} from '../objects.ts';

/** The fields that events.k8s.io/v1 calls otherwise than v1: theirs → the core's. */
const names: readonly (readonly [string, string])[] = [
  ['note', 'message'],
  ['regarding', 'involvedObject'],
  ['reportingController', 'reportingComponent'],
  ['deprecatedSource', 'source'],
  ['deprecatedFirstTimestamp', 'firstTimestamp'],
  ['deprecatedLastTimestamp', 'lastTimestamp'],
  ['deprecatedCount', 'count'],
];
const toCore = new Map(names);
const fromCore = new Map(names.map(([events, core]) => [core, events]));

/** A stored Event as events.k8s.io/v1 shows it. */
export const asEventsV1 = (event: KubeObject): KubeObject => renamed(event, fromCore, 'events.k8s.io/v1');

/** An Event of events.k8s.io/v1 as it is stored. */
export const asCoreV1 = (event: KubeObject): KubeObject => renamed(event, toCore, 'v1');

function renamed(event: KubeObject, to: ReadonlyMap<string, string>, apiVersion: string): KubeObject {
  const entries = Object.entries(event).map(([field, value]) => [to.get(field) ?? field, value]);
  return {...Object.fromEntries(entries), apiVersion};
}
