import {type KubeObject, refOf} from '../../world/object.ts';
import type {NodeFacts} from '../facts/nodes.ts';
import {nodeOf} from '../milestone.ts';
import {hasLabels, inLab, select} from '../select.ts';
import {isCordoned} from './nodes.ts';
import {isHelper, type Rule, type RuleContext} from './rule.ts';

/** How long an eviction takes to show, once a node was cordoned for it. In milliseconds. */
const evictionTime = 8_000;

/** A node was cordoned in this step, which wants its Pod to go, and the Pod is still there. */
export const notDrained: Rule = context => {
  const {milestone, scene} = context;
  const {object: selector} = milestone;
  const wantsItGone =
    milestone.gone ||
    milestone.replaced !== undefined ||
    milestone.moved !== undefined ||
    asksEviction(milestone);
  if (selector?.kind !== 'pods' || !wantsItGone) return undefined;
  for (const pod of select(selector, scene)) {
    const node = scene.world.objects('nodes').find(({metadata}) => metadata.name === nodeOf(pod));
    const since = node && cordonedInStep(node, context);
    if (!node || since === undefined || pod.metadata.deletionTimestamp !== undefined) continue;
    if (context.now < since + evictionTime) {
      context.later.push(since + evictionTime);
      continue;
    }
    const facts = {node: node.metadata.name, pod: pod.metadata.name};
    return {
      code: 'not-drained',
      facts: {...facts, ...reasonOf(pod, node, context)},
      object: refOf('nodes', node),
      path: 'spec.unschedulable',
      verdict: 'off-track',
    };
  }
  return undefined;
};

type Reason = Pick<NodeFacts['not-drained'], 'because' | 'budget' | 'blocker'>;

/** What a drain stops at; where there is nothing of the kind, nobody has drained. */
function reasonOf(pod: KubeObject, node: KubeObject, context: RuleContext): Reason {
  const budget = forbiddingBudget(pod, context);
  if (budget) return {because: 'budget', budget: budget.metadata.name};
  const there = inLab({kind: 'pods'}, context.scene).filter(
    one => nodeOf(one) === node.metadata.name && !isHelper(one),
  );
  const alone = there.find(({metadata}) => (metadata.ownerReferences ?? []).length === 0);
  if (alone) return {because: 'unmanaged', blocker: alone.metadata.name};
  const local = there.find(hasEmptyDir);
  if (local) return {because: 'local-data', blocker: local.metadata.name};
  return {because: 'cordon-only'};
}

const hasEmptyDir = ({spec}: KubeObject) =>
  ((spec as {volumes?: {emptyDir?: object}[]} | undefined)?.volumes ?? []).some(({emptyDir}) => emptyDir);

/** That a Pod is not on its way out (`!has(…)`) is the contrary. */
const asksEviction = ({match, seen}: RuleContext['milestone']) =>
  /DisruptionTarget|(?<!!has\(self\.metadata\.)deletionTimestamp/.test(JSON.stringify(match ?? seen ?? ''));

/** When a node was cordoned, if that was in this step. */
function cordonedInStep(node: KubeObject, {scene, since}: RuleContext): number | undefined {
  const versions = scene.world.track(node.metadata.uid)?.versions ?? [];
  if (!isCordoned(node)) return undefined;
  const free = versions.findLastIndex(({object}) => !isCordoned(object));
  const at = versions[free + 1]?.at;
  return at !== undefined && at > since ? at : undefined;
}

/** A PodDisruptionBudget that lets none of its Pods be evicted now. */
function forbiddingBudget(pod: KubeObject, {scene}: RuleContext): KubeObject | undefined {
  return inLab({kind: 'poddisruptionbudgets.policy'}, scene).find(({spec, status}) => {
    const {selector} = (spec ?? {}) as {selector?: {matchLabels?: Record<string, string>}};
    const labels = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
    const {disruptionsAllowed} = (status ?? {}) as {disruptionsAllowed?: number};
    return disruptionsAllowed === 0 && labels.every(label => hasLabels(pod.metadata.labels, label));
  });
}
