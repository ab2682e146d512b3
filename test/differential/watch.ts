import {createInterface} from 'node:readline';
import {type ClusterAccess, get} from './cluster.ts';
import type {ObjectHistory} from './recording.ts';
import {type Observed, stateOf} from './states/state.ts';

/** What is watched in the session's namespace. */
const namespaced: readonly (readonly [path: string, resource: string])[] = [
  ['/api/v1', 'pods'],
  ['/api/v1', 'persistentvolumeclaims'],
  ['/apis/apps/v1', 'deployments'],
  ['/apis/apps/v1', 'replicasets'],
  ['/apis/apps/v1', 'statefulsets'],
  ['/apis/apps/v1', 'daemonsets'],
  ['/apis/batch/v1', 'jobs'],
];

export interface Watching {
  /** Milliseconds since something last changed. */
  quietFor(): number;
  /** Whether nothing is on its way out any more. */
  nothingLeaves(): boolean;
  /** Ends the watches and tells what they saw. */
  stop(): ObjectHistory[];
}

interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: Observed;
}

/** Watches the objects of a namespace, and the volumes that its claims use. */
export async function watchStates(access: ClusterAccess, namespace: string): Promise<Watching> {
  const ending = new AbortController();
  const seen = new Map<string, ObjectHistory>();
  let changedAt = performance.now();
  const note = (resource: string, {type, object}: WatchEvent) => {
    if (type === 'BOOKMARK' || type === 'ERROR') return;
    if (resource === 'persistentvolumes' && object.spec?.claimRef?.namespace !== namespace) return;
    changedAt = performance.now();
    const key = `${resource}/${object.metadata.uid}`;
    const history = seen.get(key) ?? {object: `${resource}/${object.metadata.name}`, states: []};
    seen.set(key, history);
    const state = type === 'DELETED' ? 'gone' : stateOf(resource, object);
    if (history.states.at(-1) !== state) history.states.push(state);
  };
  const paths = namespaced.map(
    ([path, resource]) => [`${path}/namespaces/${namespace}/${resource}`, resource] as const,
  );
  await Promise.all(
    [...paths, ['/api/v1/persistentvolumes', 'persistentvolumes'] as const].map(async ([path, resource]) => {
      const response = await get(access, `${path}?watch=true`, ending.signal);
      response.on('error', () => {}); // Ours: stop() aborts it.
      const lines = createInterface({input: response});
      lines.on('line', line => note(resource, JSON.parse(line) as WatchEvent));
      lines.on('error', () => {});
    }),
  );
  return {
    quietFor: () => performance.now() - changedAt,
    nothingLeaves: () => ![...seen.values()].some(({states}) => states.at(-1)?.endsWith(' deleting')),
    stop: () => {
      ending.abort();
      return [...seen.values()];
    },
  };
}
