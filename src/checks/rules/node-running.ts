import {refOf} from '../../world/object.ts';
import {lastSeen} from '../../world/world.ts';
import {nodeOf} from '../milestone.ts';
import {nodeToStop} from './node-asked.ts';
import {atStepStart, isLeaving, type Rule, type RuleContext} from './rule.ts';
import {changed} from './wrong-node.ts';

/**
 * The step wants a node to stop, and it was cordoned, tainted or taken out of the cluster's books, or its Pods were
 * deleted: its machine runs on.
 */
export const nodeRunning: Rule = context => {
  const node = nodeToStop(context);
  if (node === undefined) return undefined;
  const {scene} = context;
  const there = scene.world.objects('nodes').some(({metadata}) => metadata.name === node);
  const track = scene.world.tracks('nodes').findLast(one => lastSeen(one)?.metadata.name === node);
  const before = atStepStart(track, context);
  const now = track?.versions.at(-1)?.object;
  if (!track || !before || (there && !now)) return undefined;
  const change = (['deleted', 'cordoned', 'tainted'] as const).find(one => changed[one](before, now));
  const did = change ?? (wasEmptied(node, context) ? 'emptied' : undefined);
  if (!did) return undefined;
  return {code: 'node-running', facts: {node, did}, object: refOf('nodes', before), verdict: 'off-track'};
};

/** Was a Pod deleted, in this step, that ran there when it began? */
const wasEmptied = (node: string, context: RuleContext): boolean =>
  context.scene.world.tracks('pods').some(track => {
    const before = atStepStart(track, context);
    const isIts = before?.metadata.namespace === context.scene.namespace && nodeOf(before) === node;
    if (!isIts || isLeaving(before)) return false;
    const now = track.versions.at(-1)?.object;
    return now === undefined || isLeaving(now);
  });
