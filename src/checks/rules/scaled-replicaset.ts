import {refOf} from '../../world/object.ts';
import {type Track, versionAt} from '../../world/world.ts';
import {inLab} from '../select.ts';
import {differing} from './field.ts';
import {type Rule, replicasOf} from './rule.ts';

/**
 * The learner scaled the ReplicaSet of a Deployment, and the Deployment took it back: its replicas were, for
 * a moment, what the step asks of the Deployment, while nobody touched the Deployment. In a rollout ReplicaSets
 * pass through that number too, but they do not come back, or the Deployment was changed meanwhile.
 */
export const scaledReplicaSet: Rule = ({milestone, mismatches, scene, since}) => {
  const replicas = differing(mismatches, 'spec.replicas');
  if (milestone.object?.kind !== 'deployments.apps' || !replicas) return undefined;
  const [deployment] = inLab(milestone.object, scene);
  const owner = deployment && scene.world.track(deployment.metadata.uid);
  if (!deployment || !owner) return undefined;
  const generationAt = (at: number) => versionAt(owner, at)?.object?.metadata.generation;
  for (const track of scene.world.tracks('replicasets.apps')) {
    const numbers = numbersOf(track);
    const taken = numbers.find(({at, number}, index) => {
      const before = numbers[index - 1];
      const after = numbers[index + 1];
      return (
        at > since &&
        number === replicas.wanted &&
        before !== undefined &&
        after !== undefined &&
        before.number === after.number &&
        generationAt(at) === generationAt(after.at + watchesApart)
      );
    });
    const scaled = taken && versionAt(track, taken.at)?.object;
    if (!scaled?.metadata.ownerReferences?.some(({uid}) => uid === deployment.metadata.uid)) continue;
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

/**
 * Each kind is watched for itself: of what is done to a Deployment, its own change may be seen after that of its
 * ReplicaSet. In milliseconds.
 */
const watchesApart = 1_000;

/** How many it was to have, and since when. */
const numbersOf = ({versions}: Track) =>
  versions
    .map(({at, object}) => ({at, number: replicasOf(object)}))
    .filter(({number}, index, all) => index === 0 || number !== all[index - 1]?.number);
