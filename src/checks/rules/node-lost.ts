import {type KubeObject, refOf} from '../../world/object.ts';
import {nodeOf} from '../milestone.ts';
import {isLost, nodesFor} from './nodes.ts';
import {notScheduled} from './not-scheduled.ts';
import {podsOf, type Rule} from './rule.ts';

/** The node of a Pod does not answer, or the only node it could go to: nothing starts or ends there. */
export const nodeLost: Rule = context => {
  if (context.milestone.object?.kind === 'nodes') return undefined;
  const nodes = context.scene.world.objects('nodes');
  const lost = (name: string | undefined) => nodes.find(node => node.metadata.name === name && isLost(node));
  for (const pod of podsOf(context)) {
    const node = lost(nodeOf(pod));
    if (node) return said(pod, node, pod.metadata.deletionTimestamp !== undefined);
  }
  for (const {pod} of notScheduled(context)) {
    const fitting = nodesFor(pod, context.scene).nodes;
    const [first] = fitting;
    if (first && fitting.every(node => isLost(node))) return said(pod, first, false);
  }
  return undefined;
};

const said = (pod: KubeObject, node: KubeObject, terminating: boolean): ReturnType<Rule> => ({
  code: 'node-lost',
  facts: {node: node.metadata.name, terminating},
  object: refOf('pods', pod),
  path: 'spec.nodeName',
  verdict: 'off-track',
});
