import {looksOf} from '../../lab/look-of.ts';
import {refOf} from '../../world/object.ts';
import {lastSeen} from '../../world/world.ts';
import {atStepStart, type Rule, type RuleContext} from './rule.ts';
import {changed} from './wrong-node.ts';

/** The step wants a node to stop, and it was cordoned, tainted or taken out of the cluster's books: its machine runs on. */
export const nodeRunning: Rule = context => {
  const node = nodeAsked(context);
  if (node === undefined) return undefined;
  const {scene} = context;
  const there = scene.world.objects('nodes').some(({metadata}) => metadata.name === node);
  const track = scene.world.tracks('nodes').findLast(one => lastSeen(one)?.metadata.name === node);
  const before = atStepStart(track, context);
  const now = track?.versions.at(-1)?.object;
  if (!track || !before || (there && !now)) return undefined;
  const did = (['deleted', 'cordoned', 'tainted'] as const).find(change => changed[change](before, now));
  if (!did) return undefined;
  return {code: 'node-running', facts: {node, did}, object: refOf('nodes', before), verdict: 'off-track'};
};

/** The node that a look found running, and that is not to run. */
function nodeAsked({milestone, mismatches}: RuleContext): string | undefined {
  if (!looksOf(milestone).some(look => 'node' in look)) return undefined;
  const said = mismatches.find(one => one.type === 'output');
  return said?.type === 'output' && said.found === 'running' ? said.object : undefined;
}
