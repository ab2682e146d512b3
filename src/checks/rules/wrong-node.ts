import {type KubeObject, refOf} from '../../world/object.ts';
import type {Track} from '../../world/world.ts';
import type {NodeChange} from '../facts/nodes.ts';
import {nodeOf} from '../milestone.ts';
import {select} from '../select.ts';
import {nodeToStop} from './node-asked.ts';
import {isCordoned, isLost, isOwnTaint, taintsOf} from './nodes.ts';
import {asksEviction} from './not-evicted.ts';
import {atStepStart, type Rule, type RuleContext} from './rule.ts';

/** What the step asks of one node was done to another one. */
export const wrongNode: Rule = context => {
  const {milestone, scene} = context;
  const toStop = nodeToStop(context);
  if (milestone.object?.kind !== 'nodes' && !asksEviction(milestone) && toStop === undefined)
    return undefined;
  const wanted = toStop === undefined ? wantedNodes(context) : [toStop];
  const change = toStop === undefined ? changeAsked(milestone) : 'stopped';
  if (wanted.length === 0 || !change) return undefined;
  for (const track of scene.world.tracks('nodes')) {
    const before = atStepStart(track, context);
    const now = track.versions.at(-1)?.object;
    if (!before || wanted.includes(before.metadata.name) || !changed[change](before, now)) continue;
    if (wanted.some(name => wasChanged(change, name, context))) continue;
    return {
      code: 'wrong-node',
      facts: {found: before.metadata.name, wanted, change},
      object: refOf('nodes', before),
      verdict: 'off-track',
    };
  }
  return undefined;
};

const ownTaints = (node: KubeObject | undefined) => taintsOf(node).filter(taint => !isOwnTaint(taint)).length;

/** Was it done to a node, between then and now? */
export const changed: Record<NodeChange, (before: KubeObject, now: KubeObject | undefined) => boolean> = {
  cordoned: (before, now) => !isCordoned(before) && isCordoned(now),
  uncordoned: (before, now) => isCordoned(before) && now !== undefined && !isCordoned(now),
  tainted: (before, now) => ownTaints(now) > ownTaints(before),
  stopped: (before, now) => !isLost(before) && isLost(now),
  deleted: (_before, now) => now === undefined,
};

function wasChanged(change: NodeChange, name: string, context: RuleContext): boolean {
  const isIt = (track: Track) => track.versions.some(({object}) => object?.metadata.name === name);
  const track = context.scene.world.tracks('nodes').find(isIt);
  const before = atStepStart(track, context);
  return before !== undefined && changed[change](before, track?.versions.at(-1)?.object);
}

/** What a condition of a node asks for. */
export function changeAsked({gone, match, seen}: RuleContext['milestone']): NodeChange | undefined {
  if (asksEviction({match, seen})) return 'cordoned';
  if (gone) return 'deleted';
  const condition = JSON.stringify(match ?? seen ?? '');
  if (/unschedulable/.test(condition))
    return /!(has\()?self\.spec\.unschedulable|unschedulable\W+(==\s*)?false/.test(condition)
      ? 'uncordoned'
      : 'cordoned';
  if (/out-of-service|taints/.test(condition)) return 'tainted';
  return /Ready/.test(condition) && /Unknown|False|!= ?\\?['"]True/.test(condition) ? 'stopped' : undefined;
}

/** The node named by the milestone; else those of the remembered Pods that its condition speaks of. */
function wantedNodes({milestone, scene}: RuleContext): string[] {
  const {kind, name, is} = milestone.object ?? {};
  if (milestone.object && kind === 'pods')
    return select(milestone.object, scene).flatMap(pod => nodeOf(pod) ?? []);
  if (name !== undefined) return [name];
  const isNamed = (key: string) =>
    is === `$${key}` ||
    new RegExp(`\\b${key}\\.`).test(JSON.stringify(milestone.match ?? milestone.seen ?? ''));
  return Object.entries(scene.remembered)
    .filter(([key]) => isNamed(key))
    .flatMap(([, object]) => nodeOf(object) ?? (object.kind === 'Node' ? object.metadata.name : []));
}
