import {type WatchKind, watchKinds} from '../../src/lab/schema.ts';
import type {WatchTarget, WorldChange} from '../../src/world/change.ts';
import {clusterKinds, type KubeObject, kindNames, type Millis} from '../../src/world/object.ts';
import {World} from '../../src/world/world.ts';
import {namespace} from './objects.ts';

/** What happens, before it is known when. */
export type Happening = WorldChange extends infer Change
  ? Change extends WorldChange
    ? Omit<Change, 'at'>
    : never
  : never;

/** What happened in a cluster: times in seconds, in their order. */
export type Script = readonly (readonly [seconds: number, ...Happening[]])[];

export const everyTarget: WatchTarget[] = watchKinds.flatMap(kind =>
  clusterKinds.has(kind) ? [{kind}] : [namespace, 'default'].map(name => ({kind, namespace: name})),
);

const kindOf = (object: KubeObject): WatchKind => {
  const kind = watchKinds.find(one => kindNames[one] === object.kind);
  if (!kind) throw new Error(`no watch sees a ${object.kind}`);
  return kind;
};
const targetOf = (kind: WatchKind, name: string | undefined): WatchTarget =>
  clusterKinds.has(kind) ? {kind} : {kind, namespace: name ?? namespace};
const watchOf = (object: KubeObject) => targetOf(kindOf(object), object.metadata.namespace);

export const put = (object: KubeObject): Happening => ({type: 'put', watch: watchOf(object), object});
export const deleted = (object: KubeObject): Happening => ({type: 'deleted', watch: watchOf(object), object});
export const listed = (kind: WatchKind, ...objects: KubeObject[]): Happening => ({
  type: 'listed',
  watch: targetOf(kind, undefined),
  objects,
});
export const blind = (kind: WatchKind, cause: unknown = new Error('connection refused')): Happening => ({
  type: 'blind',
  watch: targetOf(kind, undefined),
  cause,
});
export const sighted = (kind: WatchKind): Happening => ({type: 'sighted', watch: targetOf(kind, undefined)});

/** All watches have told that there is nothing, at 0. */
export const emptyStart = (targets: readonly WatchTarget[] = everyTarget): WorldChange[] =>
  targets.map(watch => ({type: 'listed', watch, objects: [], at: 0}));

export const changesOf = (script: Script): WorldChange[] =>
  script.flatMap(([seconds, ...happenings]) =>
    happenings.map(happening => ({...happening, at: seconds * 1000}) as WorldChange),
  );

/** A world that was empty at 0, after all that the script tells (until a time, in milliseconds). */
export function worldOf(script: Script, until: Millis = Number.POSITIVE_INFINITY): World {
  const world = new World(everyTarget);
  for (const change of [...emptyStart(), ...changesOf(script)]) if (change.at <= until) world.apply(change);
  return world;
}
