import {kindNames, refOf} from '../../world/object.ts';
import {inLab} from '../select.ts';
import {differing} from './field.ts';
import {type Rule, replicasOf} from './rule.ts';

/** Another workload of the lab, of whatever kind, was scaled to what the step asks of this one. */
export const scaledElsewhere: Rule = ({milestone, mismatches, scene, since}) => {
  const replicas = differing(mismatches, 'spec.replicas');
  const {name, kind: wantedKind} = milestone.object ?? {};
  if (!replicas || name === undefined || wantedKind === undefined) return undefined;
  for (const kind of ['deployments.apps', 'statefulsets.apps'] as const)
    for (const object of inLab({kind}, scene)) {
      const scaled = scene.world
        .track(object.metadata.uid)
        ?.versions.some(
          ({at, object: then}, index, all) =>
            at > since &&
            replicasOf(then) === replicas.wanted &&
            replicasOf(all[index - 1]?.object) !== replicas.wanted,
        );
      if (!scaled || (object.metadata.name === name && kind === wantedKind)) continue;
      return {
        code: 'scaled-elsewhere',
        facts: {
          found: object.metadata.name,
          replicas: Number(replicas.wanted),
          wanted: `${kindNames[wantedKind]} ${name}`,
        },
        object: refOf(kind, object),
        path: 'spec.replicas',
        verdict: 'off-track',
      };
    }
  return undefined;
};
