import {refOf} from '../../world/object.ts';
import {versionAt} from '../../world/world.ts';
import {inLab} from '../select.ts';
import {type Rule, replicasOf} from './rule.ts';

/**
 * The learner scaled the ReplicaSet of a Deployment, and the Deployment took it back: its replicas were, for
 * a moment, what the step asks of the Deployment, while the Deployment's own were not.
 */
export const scaledReplicaSet: Rule = ({milestone, mismatches, scene, since}) => {
  const replicas = mismatches.find(one => one.type === 'field' && one.path === 'spec.replicas');
  if (milestone.object?.kind !== 'deployments.apps' || replicas?.type !== 'field') return undefined;
  const [deployment] = inLab(milestone.object, scene);
  if (!deployment) return undefined;
  for (const track of scene.world.tracks('replicasets.apps')) {
    const scaled = track.versions.find(({at, object}) => {
      if (at <= since || !object || replicasOf(object) !== replicas.wanted) return false;
      const owner = scene.world.track(deployment.metadata.uid);
      const then = owner && versionAt(owner, at)?.object;
      const owned = object.metadata.ownerReferences?.some(({uid}) => uid === deployment.metadata.uid);
      return owned && then && replicasOf(then) !== replicas.wanted;
    })?.object;
    if (!scaled) continue;
    return {
      code: 'scaled-replicaset',
      facts: {replicaSet: scaled.metadata.name, deployment: deployment.metadata.name},
      object: refOf('replicasets.apps', scaled),
      path: 'spec.replicas',
      verdict: 'off-track',
    };
  }
  return undefined;
};
