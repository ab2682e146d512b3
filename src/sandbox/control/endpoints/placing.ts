import type {Backend} from './backends.ts';

/** The most endpoints in one slice: Kubernetes' default. */
const capacity = 100;

/** What one slice holds. */
export interface Content {
  ports: Backend['ports'];
  backends: readonly Backend[];
}

export interface ExistingSlice<S> {
  slice: S;
  /** The UIDs of the Pods in it, in their order. */
  pods: readonly string[];
  /** As JSON. */
  ports: string;
}

export type Placing<S> =
  | {do: 'keep'; slice: S; content: Content}
  | {do: 'create'; content: Content}
  | {do: 'delete'; slice: S};

/**
 * Distributes a Service's Pods over slices, each with Pods that have the same ports. Who is in a slice stays there,
 * so that little is written when little changes. There is always one slice, if an empty one.
 */
export function placed<S>(existing: readonly ExistingSlice<S>[], backends: readonly Backend[]): Placing<S>[] {
  const groups = [...Map.groupBy(backends, ({ports}) => JSON.stringify(ports))];
  const parts = groups.map(([ports, members]) =>
    fill(
      existing.filter(one => one.ports === ports),
      members,
    ),
  );
  const kept = parts.flatMap(({kept}) => kept);
  const keptSlices = new Set(kept.map(({slice}) => slice));
  const free = existing.map(({slice}) => slice).filter(slice => !keptSlices.has(slice));
  const more = groups.length === 0 ? [{ports: [], backends: []}] : parts.flatMap(({more}) => more);
  return [
    ...kept.map(one => ({do: 'keep' as const, ...one})),
    ...free.slice(more.length).map(slice => ({do: 'delete' as const, slice})),
    ...more.map((content, index): Placing<S> => {
      const slice = free[index];
      return slice === undefined ? {do: 'create', content} : {do: 'keep', slice, content};
    }),
  ];
}

/** Slices that keep or get some of these Pods, and what has no room in them. */
function fill<S>(slices: readonly ExistingSlice<S>[], members: readonly Backend[]) {
  const ports = members[0]?.ports ?? [];
  const left = new Map(members.map(one => [one.pod.metadata.uid, one]));
  const staying = slices.map(({slice, pods}) => ({
    slice,
    backends: pods.flatMap(uid => takeFrom(left, uid)),
  }));
  const rest = [...left.values()];
  const kept = staying
    .map(({slice, backends}) => {
      const more = backends.length > 0 ? rest.splice(0, Math.max(0, capacity - backends.length)) : [];
      return {slice, content: {ports, backends: [...backends, ...more]}};
    })
    .filter(({content}) => content.backends.length > 0);
  const more: Content[] = [];
  while (rest.length > 0) more.push({ports, backends: rest.splice(0, capacity)});
  return {kept, more};
}

function takeFrom(left: Map<string, Backend>, uid: string): Backend[] {
  const found = left.get(uid);
  left.delete(uid);
  return found ? [found] : [];
}
