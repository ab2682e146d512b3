import {type KubeObject, refOf} from '../../world/object.ts';
import {nodeOf} from '../milestone.ts';
import {nearest} from '../nearest.ts';
import {inLab} from '../select.ts';
import {claimNamesOf} from './claims.ts';
import {controllersTime, isOldEnough, podsOf, type Rule} from './rule.ts';

/** A Pod names a claim that is not there, or is about to go, so it cannot start. */
export const claimGone: Rule = context => {
  const {scene, milestone} = context;
  if (milestone.gone || milestone.answer || !scene.world.sees('persistentvolumeclaims')) return undefined;
  const claims = inLab({kind: 'persistentvolumeclaims'}, scene);
  for (const pod of podsOf(context)) {
    if (pod.metadata.deletionTimestamp !== undefined || isPlaced(pod)) continue;
    for (const name of claimNamesOf(pod)) {
      const claim = claims.find(({metadata}) => metadata.name === name);
      const deleting = claim?.metadata.deletionTimestamp !== undefined;
      if ((claim && !deleting) || !isOldEnough(pod, controllersTime, context)) continue;
      const near = nearest(
        name,
        claims.map(({metadata}) => metadata.name),
      );
      return {
        code: 'claim-gone',
        facts: {claim: name, deleting, ...(near === undefined ? {} : {nearest: near})},
        object: refOf('pods', pod),
        path: 'spec.volumes[].persistentVolumeClaim.claimName',
        verdict: 'off-track',
      };
    }
  }
  return undefined;
};

/** A Pod that has a node has its volumes. */
const isPlaced = (pod: KubeObject) => nodeOf(pod) !== undefined;
