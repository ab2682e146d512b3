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

/** Watches until it is disposed of. */
export interface Watching extends Disposable {
  /** Milliseconds since something last changed. */
  quietFor(): number;
  /** Whether nothing is on its way out any more. */
  nothingLeaves(): boolean;
  histories(): ObjectHistory[];
}

interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: Observed;
}

/** Watches the objects of a namespace, and the volumes that its claims use. */
export async function watchStates(access: ClusterAccess, namespace: string): Promise<Watching> {
  const ending = new AbortController();
  const seen = new Map<string, ObjectHistory>();
  const leaving = new Set<string>();
  let changedAt = performance.now();
  const note = (resource: string, {type, object}: WatchEvent) => {
    if (type === 'BOOKMARK' || type === 'ERROR') return;
    if (resource === 'persistentvolumes' && object.spec?.claimRef?.namespace !== namespace) return;
    changedAt = performance.now();
    const key = `${resource}/${object.metadata.uid}`;
    const history = seen.get(key) ?? {object: `${resource}/${object.metadata.name}`, states: []};
    seen.set(key, history);
    const state = type === 'DELETED' ? 'gone' : stateOf(resource, object);
    if (type !== 'DELETED' && isLeaving(object)) leaving.add(key);
    else leaving.delete(key);
    if (history.states.at(-1) !== state) history.states.push(state);
  };
  const paths = namespaced.map(
    ([path, resource]) => [`${path}/namespaces/${namespace}/${resource}`, resource] as const,
  );
  await Promise.all(
    [...paths, ['/api/v1/persistentvolumes', 'persistentvolumes'] as const].map(async ([path, resource]) => {
      const response = await get(access, `${path}?watch=true`, ending.signal);
      response.on('error', () => {}); // It ends with the watch.
      const lines = createInterface({input: response});
      lines.on('line', line => note(resource, JSON.parse(line) as WatchEvent));
      lines.on('error', () => {});
    }),
  );
  return {
    quietFor: () => performance.now() - changedAt,
    nothingLeaves: () => leaving.size === 0,
    histories: () => [...seen.values()],
    [Symbol.dispose]: () => ending.abort(),
  };
}

/** It is being deleted, or is a volume that somebody will delete now. */
const isLeaving = ({metadata, spec, status}: Observed): boolean =>
  metadata.deletionTimestamp !== undefined ||
  (status?.phase === 'Released' && spec?.persistentVolumeReclaimPolicy === 'Delete');
