import {type KubeObject, refOf} from '../../world/object.ts';
import {hasLabels, inLab} from '../select.ts';
import {atStepStart, type Rule, type RuleContext, replicasOf} from './rule.ts';

/** A Pod is missing because its workload was scaled below it in this step, in which it may have been made. */
export const scaledAway: Rule = context => {
  const {milestone, mismatches, scene} = context;
  if (milestone.object?.kind !== 'pods' || milestone.gone) return undefined;
  if (!mismatches.some(({type}) => type === 'missing')) return undefined;
  for (const kind of ['statefulsets.apps', 'deployments.apps'] as const)
    for (const workload of inLab({kind}, scene)) {
      const track = scene.world.track(workload.metadata.uid);
      const before = replicasOf(atStepStart(track, context) ?? track?.versions[0]?.object);
      const now = replicasOf(workload);
      if (now === undefined || before === undefined || now >= before || !wouldMake(workload, now, context))
        continue;
      return {
        code: 'scaled-away',
        facts: {replicas: now, before},
        object: refOf(kind, workload),
        path: 'spec.replicas',
        verdict: 'off-track',
      };
    }
  return undefined;
};

/** Would the workload make the Pod, had it more replicas? */
function wouldMake({metadata, spec}: KubeObject, replicas: number, {milestone}: RuleContext): boolean {
  const {name, labels} = milestone.object ?? {};
  const ordinal = name?.startsWith(`${metadata.name}-`)
    ? Number(name.slice(metadata.name.length + 1))
    : undefined;
  if (ordinal !== undefined) return ordinal >= replicas;
  const {template} = (spec ?? {}) as {template?: {metadata?: {labels?: Record<string, string>}}};
  return replicas === 0 && labels !== undefined && hasLabels(template?.metadata?.labels, labels);
}
