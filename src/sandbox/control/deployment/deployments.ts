import type {SandboxClock} from '../../clock.ts';
import {selects} from '../../label-selector.ts';
import type {Of} from '../../objects.ts';
import type {Change} from '../../registry/registry.ts';
import type {ControlContext, Controller} from '../controller.ts';
import {fromKey, itself, keyOf, reconciler} from '../reconciler.ts';
import type {LookAgain} from '../work-queue.ts';
import {claim, controllerOf} from '../workload/ownership.ts';
import {isFinished} from '../workload/pods.ts';
import {conditionOf, withCondition} from './conditions.ts';
import {cleanUpHistory} from './history.ts';
import {isResized, resize} from './resize.ts';
import {createNewest, syncRevision} from './revisions.ts';
import {newestSize, rollingStep} from './rolling.ts';
import {
  type Deployment,
  isActive,
  progressDeadline,
  type ReplicaSet,
  type Rollout,
  wanted,
} from './rollout.ts';
import {scaleAll} from './scale.ts';
import {countedStatus, deadlineIn, isComplete, rolloutStatus, type Status} from './status.ts';

/** Keeps each Deployment's ReplicaSets as its spec asks for, one step at a time. */
export const deployments: Controller = context => {
  const {registry} = context;
  reconciler(context, {
    name: 'deployment-controller',
    watches: {
      'deployments.apps': itself,
      'replicasets.apps': change => deploymentsOf(context, change),
      pods: change => (change.type === 'DELETED' ? recreatingOwner(context, change.object) : []),
    },
    reconcile(key) {
      const {namespace, name} = fromKey(key);
      const deployment = registry.get('deployments.apps', namespace, name);
      if (deployment) return reconcile(context, deployment);
    },
  });
};

function deploymentsOf({registry}: ControlContext, {object}: Change<'replicasets.apps'>): string[] {
  const {namespace, labels} = object.metadata;
  const owner = controllerOf(object);
  if (owner) return owner.kind === 'Deployment' ? [`${namespace}/${owner.name}`] : [];
  return registry
    .list('deployments.apps', namespace)
    .filter(({spec}) => selects(spec?.selector, labels))
    .map(keyOf);
}

/** A Deployment that recreates waits for its last old Pod to be gone. */
function recreatingOwner({registry}: ControlContext, pod: Of<'pods'>): string[] {
  const {namespace} = pod.metadata;
  const replicaSet = registry.get('replicasets.apps', namespace, controllerOf(pod)?.name ?? '');
  const owner = replicaSet && controllerOf(replicaSet);
  if (owner?.kind !== 'Deployment') return [];
  const deployment = registry.get('deployments.apps', namespace, owner.name);
  return deployment?.spec?.strategy?.type === 'Recreate' ? [keyOf(deployment)] : [];
}

function reconcile(context: ControlContext, found: Deployment): LookAgain | undefined {
  const {registry} = context;
  const replicaSets = claim(registry, 'replicasets.apps', found, found.spec?.selector);
  const deployment = notePause(context, found);
  if (!deployment) return;
  const ending = deployment.metadata.deletionTimestamp !== undefined;
  const rollout = syncRevision(context, deployment, replicaSets);
  if (ending) return writeStatus(context, rollout, countedStatus);
  if (deployment.spec?.paused) {
    scaleAll(context, rollout, resize(rollout));
    cleanUpHistory(context, rollout);
    return writeStatus(context, rollout, countedStatus);
  }
  if (isResized(rollout)) {
    scaleAll(context, rollout, resize(rollout));
    return writeStatus(context, rollout, countedStatus);
  }
  const stepped = rollout.rolling ? roll(context, rollout) : recreate(context, rollout);
  return writeStatus(context, stepped, rolloutStatus);
}

/** Progressing says that the Deployment is paused, and once that it was resumed. */
function notePause({registry, clock}: ControlContext, deployment: Deployment): Deployment | undefined {
  const {conditions = []} = deployment.status ?? {};
  const reason = conditionOf(conditions, 'Progressing')?.reason;
  const paused = deployment.spec?.paused ?? false;
  const noted = reason === 'DeploymentPaused';
  if (progressDeadline(deployment) === undefined || reason === 'ProgressDeadlineExceeded' || paused === noted)
    return deployment;
  const said = paused
    ? {reason: 'DeploymentPaused', message: 'Deployment is paused'}
    : {reason: 'DeploymentResumed', message: 'Deployment is resumed'};
  const next = withCondition(conditions, {type: 'Progressing', status: 'Unknown', ...said}, clock);
  return registry.change(
    'deployments.apps',
    deployment,
    draft => {
      draft.status = {...draft.status, conditions: [...next]};
    },
    {subresource: 'status'},
  );
}

function roll(context: ControlContext, before: Rollout): Rollout {
  const rollout = before.newest ? before : createNewest(context, before);
  const step = rollingStep(rollout);
  scaleAll(context, rollout, step);
  if (step.length === 0 && isComplete(rollout, rollout.deployment.status ?? {}))
    cleanUpHistory(context, rollout);
  return rollout;
}

/** All old Pods have to be gone before the first new one is made. */
function recreate(context: ControlContext, before: Rollout): Rollout {
  const active = before.old.filter(isActive);
  if (active.length > 0) {
    scaleAll(
      context,
      before,
      active.map(replicaSet => ({replicaSet, replicas: 0})),
    );
    return before;
  }
  if (oldPodsRun(context, before.old)) return before;
  const rollout = before.newest ? before : createNewest(context, before);
  const {newest} = rollout;
  if (newest && wanted(newest) !== newestSize(rollout))
    scaleAll(context, rollout, [{replicaSet: newest, replicas: newestSize(rollout)}]);
  if (isComplete(rollout, rollout.deployment.status ?? {})) cleanUpHistory(context, rollout);
  return rollout;
}

const oldPodsRun = ({registry}: ControlContext, old: readonly ReplicaSet[]) =>
  old.some(({metadata, status}) => {
    const pods = registry.ownedBy(metadata.uid).filter(({kind}) => kind === 'Pod') as Of<'pods'>[];
    return (status?.replicas ?? 0) > 0 || pods.some(pod => !isFinished(pod));
  });

/** Writes what the ReplicaSets come to now; some may have been scaled since they were read. */
function writeStatus(
  context: ControlContext,
  rollout: Rollout,
  statusOf: (rollout: Rollout, clock: SandboxClock) => Status,
): LookAgain | undefined {
  const {registry, clock} = context;
  const now = reread(context, rollout);
  if (!now) return;
  const status = statusOf(now, clock);
  const written = registry.change(
    'deployments.apps',
    now.deployment,
    draft => {
      draft.status = status;
    },
    {subresource: 'status'},
  );
  const after = written && deadlineIn({...now, deployment: written}, clock);
  return after === undefined ? undefined : {after};
}

function reread({registry}: ControlContext, rollout: Rollout): Rollout | undefined {
  const {namespace, name} = rollout.deployment.metadata;
  const deployment = registry.get('deployments.apps', namespace, name);
  const newer = (one: ReplicaSet) => registry.get('replicasets.apps', namespace, one.metadata.name) ?? one;
  return (
    deployment && {
      ...rollout,
      deployment,
      newest: rollout.newest && newer(rollout.newest),
      old: rollout.old.map(newer),
    }
  );
}
