import {type KubeObject, refOf} from '../../world/object.ts';
import {objectShortfall} from '../condition.ts';
import type {Mismatch} from '../judgement.ts';
import {select} from '../select.ts';
import {type Differing, fieldOf} from './field.ts';
import {atStepStart, bornAt, type Rule, type RuleContext} from './rule.ts';

/**
 * The object is there, and the learner gave one of its fields another value than asked, in this step: what was so
 * before is only not done yet.
 */
export const wrongField: Rule = context => {
  const {milestone, mismatches, scene} = context;
  const {object: selector} = milestone;
  const condition = milestone.match ?? milestone.seen;
  if (!selector || condition === undefined || madeByCluster.includes(selector.kind)) return undefined;
  for (const mismatch of mismatches) {
    const field = fieldOf(mismatch);
    const track = scene.world.track(field?.about.uid ?? '');
    const object = track?.versions.at(-1)?.object;
    if (!field || !track || !object || isClusters(field)) continue;
    const before = atStepStart(track, context);
    // Of one that is older than this session's view of it nobody knows what it was.
    const isKnown = before !== undefined || bornAt(object, scene) > context.since;
    if (!isKnown || (before && wasSo(mismatch, before, context))) continue;
    return {
      code: 'wrong-field',
      facts: {
        found: field.found === undefined ? undefined : written(field.found),
        ...wish(field, object),
        fixed: isFixed(selector.kind, field.path, object),
      },
      object: refOf(selector.kind, object),
      path: field.path,
      verdict: 'off-track',
    };
  }
  return undefined;
};

/** What the learner writes, they do not write into these. */
const madeByCluster = ['events', 'endpointslices.discovery.k8s.io', 'replicasets.apps'];

/** Status, and what controllers fill in, is not the learner's to write. */
const isClusters = ({path, found}: Differing) =>
  /^(status|metadata\.(uid|deletionTimestamp|finalizers|generation|ownerReferences))\b/.test(path) ||
  (found === undefined && /^spec\.(volumeName|nodeName|claimRef|clusterIP)\b/.test(path));

/** Had the field the same value when the step began? */
function wasSo(mismatch: Mismatch, before: KubeObject, {milestone, scene, since}: RuleContext): boolean {
  const {object: selector} = milestone;
  const condition = milestone.match ?? milestone.seen;
  if (!selector || condition === undefined) return false;
  const now = fieldOf(mismatch);
  return objectShortfall(condition, before, select(selector, scene, since), selector, scene).some(one => {
    const then = fieldOf(one);
    return (
      then !== undefined &&
      then.path === now?.path &&
      JSON.stringify(then.found) === JSON.stringify(now.found)
    );
  });
}

/** The API server takes no change of it: kubectl says "Forbidden" or "immutable", and nothing happens. */
function isFixed(kind: string, path: string, {metadata}: KubeObject): boolean {
  if (kind === 'pods')
    return (
      (metadata.ownerReferences ?? []).length === 0 && path.startsWith('spec.') && !/\.image$/.test(path)
    );
  if (kind === 'persistentvolumeclaims') return path.startsWith('spec.') && !/requests\.storage$/.test(path);
  if (kind === 'persistentvolumes')
    return /^spec\.(hostPath|local|nfs|csi|volumeMode|nodeAffinity)\b/.test(path);
  if (kind === 'statefulsets.apps')
    return /^spec\.(volumeClaimTemplates|serviceName|selector|podManagementPolicy)\b/.test(path);
  if (kind === 'deployments.apps') return path.startsWith('spec.selector');
  return kind === 'services' && path === 'spec.clusterIP';
}

function wish({path, wanted, not}: Differing, object: KubeObject) {
  if (not !== undefined) return {not: written(not)};
  return wanted === undefined ? siblings(object, path) : {wanted: written(wanted)};
}

/** What stands beside a field that is not there: a key with a typing mistake, perhaps. */
function siblings(object: KubeObject, path: string): {has?: string[]} {
  const parents = path.split('.').slice(0, -1);
  const parent = parents.reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], object);
  const has = Object.keys((parent as object | undefined) ?? {});
  return has.length > 0 ? {has} : {};
}

const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
