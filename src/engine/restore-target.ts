import type {NodeBaseline} from '../world/baseline.ts';
import {fieldOf, type NodeChange, withValue} from '../world/node-change.ts';
import type {Known} from './restore.ts';

/**
 * How the nodes are to be when a lab has been taken back.
 *
 * On a cluster of statelab's own that is how they were before the lab, but for what another lab has changed since and
 * may still need. Where only what was `seen` to change counts, it is how they are now, but for what the lab has changed:
 * everything else is somebody else's. What has become something else since it was changed is left alone too.
 */
export function restoreTarget(
  lab: string,
  {baseline, standing}: Pick<Known, 'baseline' | 'standing'>,
  now: readonly NodeBaseline[],
  seen: boolean,
): NodeBaseline[] {
  const still = standing.filter(change => {
    const node = now.find(({name}) => name === change.node);
    return node !== undefined && fieldOf({...node, registered: true}, change) === change.after;
  });
  if (!seen) {
    const others = still.filter(change => change.lab !== lab && !needed.has(change.field));
    return others.reduce((nodes, change) => replaced(nodes, change, change.after), baseline?.nodes ?? []);
  }
  const own = still.filter(change => change.lab === lab);
  const asBefore = own.reduce((nodes, change) => replaced(nodes, change, change.before), [...now]);
  // With its Node object a node has lost all that stood in it.
  const deleted = new Set(
    standing.filter(one => one.lab === lab && one.field === 'registered').map(({node}) => node),
  );
  const lost = (baseline?.nodes ?? []).filter(({name}) => deleted.has(name));
  return [...asBefore.filter(({name}) => !lost.some(node => node.name === name)), ...lost];
}

/** Whoever did it: without all nodes nothing can be taken back completely. */
const needed = new Set<NodeChange['field']>(['running', 'registered']);

const replaced = (nodes: NodeBaseline[], change: NodeChange, value: NodeChange['after']): NodeBaseline[] =>
  nodes.map(node => (node.name === change.node ? withValue<NodeBaseline>(node, change, value) : node));
