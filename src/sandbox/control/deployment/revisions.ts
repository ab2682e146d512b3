import type {DeploymentCondition} from 'kubernetes-types/apps/v1.d.ts';
import type {PodTemplateSpec} from 'kubernetes-types/core/v1.d.ts';
import {StatusError} from '../../status-error.ts';
import type {ControlContext} from '../controller.ts';
import {isNamespaceEnding} from '../workload/create-pods.ts';
import {controllerReference, isControlledBy} from '../workload/ownership.ts';
import {contentHash, sameTemplate} from '../workload/template.ts';
import {
  inherited,
  revisionAnnotation,
  revisionAnnotations,
  revisionOf,
  sizeAnnotations,
} from './annotations.ts';
import {conditionOf, withCondition} from './conditions.ts';
import {newestSize} from './rolling.ts';
import {type Deployment, progressDeadline, type ReplicaSet, type Rollout, rolloutOf} from './rollout.ts';
import {source} from './scale.ts';

const hashLabel = 'pod-template-hash';

/** Sorts a Deployment's ReplicaSets into the one of its template, which gets the newest revision, and the old ones. */
export function syncRevision(
  context: ControlContext,
  deployment: Deployment,
  replicaSets: readonly ReplicaSet[],
): Rollout {
  const template = deployment.spec?.template ?? {};
  const byAge = replicaSets.toSorted(olderFirst);
  const found = byAge.find(({spec}) => sameTemplate(spec?.template ?? {}, template, hashLabel));
  const old = byAge.filter(one => one !== found);
  const newest = found && revised(context, deployment, found, nextRevision(old));
  if (newest) noteFound(context, deployment, newest);
  return rolloutOf(deployment, newest, old);
}

const olderFirst = ({metadata: one}: ReplicaSet, {metadata: other}: ReplicaSet) =>
  Date.parse(one.creationTimestamp) - Date.parse(other.creationTimestamp) || (one.name < other.name ? -1 : 1);

const nextRevision = (old: readonly ReplicaSet[]) => Math.max(0, ...old.map(revisionOf)) + 1;

const revised = (
  {registry}: ControlContext,
  deployment: Deployment,
  replicaSet: ReplicaSet,
  revision: number,
): ReplicaSet | undefined =>
  registry.change('replicasets.apps', replicaSet, ({metadata, spec}) => {
    metadata.annotations = {
      ...metadata.annotations,
      ...inherited(deployment),
      ...revisionAnnotations(replicaSet, revision),
    };
    if (spec) spec.minReadySeconds = deployment.spec?.minReadySeconds ?? 0;
  });

/** The Deployment takes over the revision; one that says nothing of progress yet has found what it needs. */
function noteFound({registry, clock}: ControlContext, deployment: Deployment, newest: ReplicaSet) {
  const silent = !conditionOf(deployment.status?.conditions ?? [], 'Progressing');
  registry.change(
    'deployments.apps',
    deployment,
    draft => {
      takeRevision(draft, newest);
      if (!silent || progressDeadline(deployment) === undefined) return;
      const message = `Found new replica set "${newest.metadata.name}"`;
      const said = {type: 'Progressing', status: 'True', reason: 'FoundNewReplicaSet', message};
      setConditions(draft, withCondition(draft.status?.conditions ?? [], said, clock));
    },
    {subresource: 'status'},
  );
}

/**
 * Creates the ReplicaSet of the Deployment's template.
 * @throws StatusError when it cannot be; its name being taken by another template's is counted, and so makes another name
 */
export function createNewest(context: ControlContext, rollout: Rollout): Rollout {
  const {deployment, old} = rollout;
  const {registry, recorder} = context;
  const wish = newReplicaSet(rollout);
  try {
    const newest = registry.create('replicasets.apps', wish);
    const {name} = newest.metadata;
    if (wish.spec.replicas > 0) {
      const message = `Scaled up replica set ${name} from 0 to ${wish.spec.replicas}`;
      recorder.event(deployment, 'Normal', 'ScalingReplicaSet', message, source);
    }
    noteProgress(
      context,
      deployment,
      'True',
      'NewReplicaSetCreated',
      `Created new replica set "${name}"`,
      newest,
    );
    return rolloutOf(deployment, newest, old);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    if (error.reason === 'AlreadyExists') countCollision(context, deployment, wish);
    else if (!isNamespaceEnding(error)) {
      const message = `Failed to create new replica set "${wish.metadata.name}": ${error.message}`;
      noteProgress(context, deployment, 'False', 'FailedCreate', message);
      recorder.event(deployment, 'Warning', 'FailedCreate', message, source);
    }
    throw error;
  }
}

function newReplicaSet(rollout: Rollout) {
  const {deployment, replicas, maxSurge, old} = rollout;
  const {template = {}, selector, minReadySeconds} = deployment.spec ?? {};
  const hash = contentHash(template, deployment.status?.collisionCount);
  const labels = {...template.metadata?.labels, [hashLabel]: hash};
  const labelled: PodTemplateSpec = {...template, metadata: {...template.metadata, labels}};
  const {name, namespace} = deployment.metadata;
  return {
    metadata: {
      name: `${name}-${hash}`,
      ...(namespace !== undefined && {namespace}),
      labels,
      annotations: {
        ...inherited(deployment),
        ...sizeAnnotations(replicas, maxSurge),
        [revisionAnnotation]: String(nextRevision(old)),
      },
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas: newestSize(rollout),
      ...(minReadySeconds !== undefined && {minReadySeconds}),
      selector: {...selector, matchLabels: {...selector?.matchLabels, [hashLabel]: hash}},
      template: labelled,
    },
  };
}

function noteProgress(
  {registry, clock}: ControlContext,
  deployment: Deployment,
  status: 'True' | 'False',
  reason: string,
  message: string,
  newest?: ReplicaSet,
) {
  const said = {type: 'Progressing', status, reason, message};
  registry.change(
    'deployments.apps',
    deployment,
    draft => {
      if (newest) takeRevision(draft, newest);
      if (progressDeadline(deployment) === undefined) return;
      setConditions(draft, withCondition(draft.status?.conditions ?? [], said, clock));
    },
    {subresource: 'status'},
  );
}

function takeRevision({metadata}: Deployment, newest: ReplicaSet) {
  metadata.annotations = {...metadata.annotations, [revisionAnnotation]: String(revisionOf(newest))};
}

function setConditions(draft: Deployment, conditions: readonly DeploymentCondition[]) {
  draft.status = {...draft.status, conditions: [...conditions]};
}

/** A ReplicaSet of this name and template that is just not ours yet is adopted at the next look: that is no collision. */
function countCollision(
  {registry}: ControlContext,
  deployment: Deployment,
  {metadata, spec}: ReturnType<typeof newReplicaSet>,
) {
  const there = registry.get('replicasets.apps', metadata.namespace, metadata.name);
  if (!there) return;
  const ours = isControlledBy(there, deployment);
  if (ours && sameTemplate(there.spec?.template ?? {}, spec.template, hashLabel)) return;
  registry.change(
    'deployments.apps',
    deployment,
    draft => {
      draft.status = {...draft.status, collisionCount: (draft.status?.collisionCount ?? 0) + 1};
    },
    {subresource: 'status'},
  );
}
