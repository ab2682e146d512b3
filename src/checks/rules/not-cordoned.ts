import {type KubeObject, refOf} from '../../world/object.ts';
import {select} from '../select.ts';
import {isCordoned, isOwnTaint, taintsOf} from './nodes.ts';
import {atStepStart, type Rule} from './rule.ts';
import {changeAsked} from './wrong-node.ts';

/** The step wants a node cordoned, and it was tainted or labelled instead. */
export const notCordoned: Rule = context => {
  const {milestone, scene} = context;
  if (milestone.object?.kind !== 'nodes' || changeAsked(milestone) !== 'cordoned') return undefined;
  for (const node of select(milestone.object, scene)) {
    const before = atStepStart(scene.world.track(node.metadata.uid), context);
    if (!before || isCordoned(node)) continue;
    const taint = added(taintKeys(before), taintKeys(node));
    const key = taint ?? added(labelKeys(before), labelKeys(node));
    if (key === undefined) continue;
    return {
      code: 'not-cordoned',
      facts: {did: taint === undefined ? 'labelled' : 'tainted', key},
      object: refOf('nodes', node),
      path: 'spec.unschedulable',
      verdict: 'off-track',
    };
  }
  return undefined;
};

const added = (before: string[], now: string[]) => now.find(key => !before.includes(key));
const taintKeys = (node: KubeObject) =>
  taintsOf(node)
    .filter(taint => !isOwnTaint(taint))
    .map(({key}) => key);
const labelKeys = ({metadata}: KubeObject) => Object.keys(metadata.labels ?? {});
