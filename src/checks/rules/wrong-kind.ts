import type {WatchKind} from '../../lab/schema.ts';
import {type KubeObject, kindNames, refOf} from '../../world/object.ts';
import {inLab} from '../select.ts';
import {bornAt, type Rule, type RuleContext} from './rule.ts';

/** Kinds that are taken for one another. */
const families: readonly (readonly WatchKind[])[] = [
  ['deployments.apps', 'statefulsets.apps', 'daemonsets.apps', 'jobs.batch', 'replicasets.apps', 'pods'],
  ['secrets', 'configmaps'],
  ['persistentvolumeclaims', 'persistentvolumes'],
];

/** An object of the name that is asked for is there, but it is one of another kind. */
export const wrongKind: Rule = context => {
  const {attempt, milestone, mismatches} = context;
  if (!mismatches.some(({type}) => type === 'missing')) return undefined;
  // Of a manifest that makes several objects the first may be missing and another one be of the wrong kind.
  for (const {object: selector, gone} of [milestone, ...attempt.step.milestones]) {
    const {kind, name} = selector ?? {};
    if (!kind || name === undefined || gone || inLab({kind, name}, context.scene).length > 0) continue;
    const [other, object] = namesake(kind, name, context) ?? ofWorkload(kind, name, context) ?? [];
    if (!other || !object) continue;
    const owner = object.metadata.ownerReferences?.[0];
    return {
      code: 'wrong-kind',
      facts: {wanted: kindNames[kind], ...(owner ? {madeBy: `${owner.kind} ${owner.name}`} : {})},
      object: refOf(other, object),
      path: owner ? 'metadata.ownerReferences' : 'kind',
      verdict: 'off-track',
    };
  }
  return undefined;
};

type Found = [WatchKind, KubeObject] | undefined;

function namesake(kind: WatchKind, name: string, {scene, since}: RuleContext): Found {
  const others = families.find(family => family.includes(kind))?.filter(other => other !== kind) ?? [];
  for (const other of others) {
    const object = inLab({kind: other, name}, scene).find(
      one => (one.metadata.ownerReferences ?? []).length === 0 && bornAt(one, scene) > since,
    );
    if (object) return [other, object];
  }
  return undefined;
}

/** A Pod was asked for, and a workload of that name made one: it need not be watched to be seen by its Pods. */
function ofWorkload(kind: WatchKind, name: string, {scene, since}: RuleContext): Found {
  if (kind !== 'pods') return undefined;
  const pod = inLab({kind}, scene).find(
    ({metadata, ...rest}) =>
      metadata.ownerReferences?.some(owner => owner.name.startsWith(name)) &&
      metadata.name.startsWith(`${name}-`) &&
      bornAt({metadata, ...rest}, scene) > since,
  );
  return pod && [kind, pod];
}
