import {type KubeObject, type Millis, refOf} from '../../world/object.ts';
import type {ContainerFacts} from '../facts/containers.ts';
import {type ContainerStatus, containersOf, eventAbout, podsOf, type Rule, type RuleContext} from './rule.ts';

/** How long a program may take until its probe succeeds, where the step says nothing of it. In milliseconds. */
const startTime = 20_000;

/** The kubelet asks, and does not get the answer that it wants: the Pod does not get ready, or is restarted. */
export const probeFailing: Rule = context => {
  for (const pod of podsOf(context)) {
    const proof = eventAbout(pod, 'Unhealthy', context.scene);
    const probe = /^(\w+) probe/.exec(proof ?? '')?.[1]?.toLowerCase();
    const failing = isProbe(probe) ? failingContainer(pod, probe, context) : undefined;
    if (proof === undefined || !isProbe(probe) || !failing) continue;
    return {
      code: 'probe-failing',
      facts: {container: failing.name, probe},
      object: refOf('pods', pod),
      path: `spec.containers[name=${failing.name}].${probe}Probe`,
      verdict: 'off-track',
      proof: proof.trim(),
    };
  }
  return undefined;
};

type ProbeName = ContainerFacts['probe-failing']['probe'];
const isProbe = (name: string | undefined): name is ProbeName =>
  name === 'readiness' || name === 'liveness' || name === 'startup';

/** The container that is not ready for it by now, or was restarted for it. */
function failingContainer(
  pod: KubeObject,
  probe: ProbeName,
  context: RuleContext,
): ContainerStatus | undefined {
  if (pod.metadata.deletionTimestamp !== undefined) return undefined;
  const containers = containersOf(pod);
  if (probe !== 'readiness') {
    const killed = eventAbout(pod, 'Killing', context.scene);
    return containers.find(
      ({name, restartCount}) =>
        restartCount > 0 && killed?.includes(`Container ${name} failed ${probe} probe`),
    );
  }
  const unready = containers.find(({state, ready}) => state?.running && ready === false);
  return unready && isPatienceOver(unready, context) ? unready : undefined;
}

function isPatienceOver({state}: ContainerStatus, {expectedEnd, now, later}: RuleContext): boolean {
  const started = Date.parse(state?.running?.startedAt ?? '') || 0;
  const until: Millis = Math.max(started + startTime, expectedEnd ?? 0);
  if (now < until) later.push(until);
  return now >= until;
}
