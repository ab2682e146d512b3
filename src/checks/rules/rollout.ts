import {type KubeObject, refOf} from '../../world/object.ts';
import {podStatus} from '../pod-state.ts';
import {inLab} from '../select.ts';
import {podsOf, type Rule, type RuleContext} from './rule.ts';

/** A Deployment is paused, so that what was changed in its template reaches no Pod. */
export const rolloutPaused: Rule = context => {
  for (const deployment of workloads('deployments.apps', context)) {
    const {paused} = (deployment.spec ?? {}) as {paused?: boolean};
    const {conditions = []} = (deployment.status ?? {}) as {conditions?: {reason?: string}[]};
    if (!paused || !conditions.some(({reason}) => reason === 'DeploymentPaused')) continue;
    return {
      code: 'rollout-paused',
      facts: {},
      object: refOf('deployments.apps', deployment),
      path: 'spec.paused',
      verdict: 'off-track',
    };
  }
  return undefined;
};

/**
 * A StatefulSet replaces its Pods one after the other and waits until each is ready. One of the old template that never
 * gets ready blocks the mended template for good, until somebody deletes it.
 */
export const rolloutStuck: Rule = context => {
  for (const workload of workloads('statefulsets.apps', context)) {
    const {updateRevision, currentRevision} = (workload.status ?? {}) as Revisions;
    if (updateRevision === undefined || updateRevision === currentRevision) continue;
    const stuck = podsOf(context).find(
      ({metadata, ...pod}) =>
        metadata.ownerReferences?.some(({uid}) => uid === workload.metadata.uid) &&
        metadata.labels?.['controller-revision-hash'] !== updateRevision &&
        isHopeless({metadata, ...pod}),
    );
    if (!stuck) continue;
    return {
      code: 'rollout-stuck',
      facts: {workload: workload.metadata.name},
      object: refOf('pods', stuck),
      path: 'metadata.labels[controller-revision-hash]',
      verdict: 'off-track',
    };
  }
  return undefined;
};

interface Revisions {
  updateRevision?: string;
  currentRevision?: string;
}

const hopeless = [
  'CrashLoopBackOff',
  'ErrImagePull',
  'ImagePullBackOff',
  'Pending',
  'CreateContainerConfigError',
];
const isHopeless = (pod: KubeObject) =>
  pod.metadata.deletionTimestamp === undefined && hopeless.includes(podStatus(pod));

/** Those of the milestone, or, where it is about Pods or nothing, all of the lab. */
function workloads(
  kind: 'deployments.apps' | 'statefulsets.apps',
  {milestone, scene}: RuleContext,
): KubeObject[] {
  const {object: selector} = milestone;
  if (milestone.gone || milestone.answer) return [];
  if (selector?.kind === kind) return inLab(selector, scene);
  return selector === undefined || selector.kind === 'pods' ? inLab({kind}, scene) : [];
}
