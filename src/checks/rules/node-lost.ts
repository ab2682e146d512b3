import {type KubeObject, refOf} from '../../world/object.ts';
import {nodeOf} from '../milestone.ts';
import {recall, select} from '../select.ts';
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

/**
 * A Pod is to be taken away, and stays Terminating: only its node could confirm that it ended, and that one does not
 * answer. Whether somebody deleted it without --force cannot be seen: it was Terminating before.
 */
export const notForced: Rule = ({milestone, scene}) => {
  const {object, replaced, waits} = milestone;
  if (object?.kind !== 'pods' || replaced === undefined || waits === 'cluster') return undefined;
  const pod = select(object, scene).find(
    ({metadata}) => metadata.uid === recall(replaced, scene)?.metadata.uid,
  );
  const node = scene.world.objects('nodes').find(({metadata}) => metadata.name === nodeOf(pod));
  if (!pod || !node || pod.metadata.deletionTimestamp === undefined || !isLost(node)) return undefined;
  return {
    code: 'not-forced',
    facts: {node: node.metadata.name},
    object: refOf('pods', pod),
    path: 'metadata.deletionTimestamp',
    verdict: 'off-track',
  };
};

const said = (pod: KubeObject, node: KubeObject, terminating: boolean): ReturnType<Rule> => ({
  code: 'node-lost',
  facts: {node: node.metadata.name, terminating},
  object: refOf('pods', pod),
  path: 'spec.nodeName',
  verdict: 'off-track',
});
