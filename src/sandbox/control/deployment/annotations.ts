import type {Deployment, ReplicaSet} from './rollout.ts';

const prefix = 'deployment.kubernetes.io/';
/** Which rollout this was, counted from 1; `kubectl rollout history` shows it. */
export const revisionAnnotation = `${prefix}revision`;
const historyAnnotation = `${prefix}revision-history`;
const desiredAnnotation = `${prefix}desired-replicas`;
const maxAnnotation = `${prefix}max-replicas`;

const annotation = ({metadata}: Deployment | ReplicaSet, name: string) => metadata.annotations?.[name];
const numeric = (value: string | undefined) => (value === undefined ? undefined : Number.parseInt(value, 10));

export const revisionOf = (object: Deployment | ReplicaSet) =>
  numeric(annotation(object, revisionAnnotation)) ?? 0;
/** The Deployment's replicas when the ReplicaSet was scaled last. */
export const desiredReplicas = (replicaSet: ReplicaSet) => numeric(annotation(replicaSet, desiredAnnotation));
/** The same with the surge on top. */
export const maxReplicas = (replicaSet: ReplicaSet) => numeric(annotation(replicaSet, maxAnnotation));

export const sizeAnnotations = (replicas: number, maxSurge: number) => ({
  [desiredAnnotation]: String(replicas),
  [maxAnnotation]: String(replicas + maxSurge),
});

/** The Deployment's annotations that its ReplicaSets take over, such as kubernetes.io/change-cause. */
export const inherited = ({metadata}: Deployment) =>
  Object.fromEntries(Object.entries(metadata.annotations ?? {}).filter(([name]) => !own.has(name)));

/** What a ReplicaSet has of its own, or nobody needs twice. */
const own = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  'deprecated.deployment.rollback.to',
  revisionAnnotation,
  historyAnnotation,
  desiredAnnotation,
  maxAnnotation,
]);

/** The annotations that make a ReplicaSet this revision, and remember which ones it was before. */
export function revisionAnnotations(replicaSet: ReplicaSet, revision: number): Record<string, string> {
  const before = annotation(replicaSet, revisionAnnotation);
  if (revisionOf(replicaSet) >= revision) return {};
  const history = [annotation(replicaSet, historyAnnotation), before].filter(Boolean).join(',');
  return {[revisionAnnotation]: String(revision), ...(history !== '' && {[historyAnnotation]: history})};
}
