import {type KubeObject, kindNames, refOf} from '../../world/object.ts';
import {versionAt} from '../../world/world.ts';
import {inLab} from '../select.ts';
import type {Rule, RuleContext} from './rule.ts';

const kinds = ['deployments.apps', 'statefulsets.apps', 'daemonsets.apps'] as const;

/**
 * The step asks for another template of a workload, and what was changed are the labels or annotations of the workload
 * itself, or those of its Pods: that makes no new Pods.
 */
export const outsideTemplate: Rule = context => {
  const {milestone, mismatches, scene} = context;
  const kind = kinds.find(one => one === milestone.object?.kind);
  const asks = mismatches.some(mismatch => 'path' in mismatch && aboutTemplate.test(mismatch.path));
  if (!kind || !milestone.object || !asks) return undefined;
  for (const workload of inLab(milestone.object, scene)) {
    if (templateOf(before(workload, context)) !== templateOf(workload)) continue;
    const pods = inLab({kind: 'pods'}, scene).filter(({metadata}) =>
      metadata.ownerReferences?.some(({uid}) => uid === workload.metadata.uid),
    );
    for (const object of [workload, ...pods]) {
      const what = changedIn(object, context);
      if (!what) continue;
      return {
        code: 'outside-template',
        facts: {what, workload: `${kindNames[kind]} ${workload.metadata.name}`},
        object: refOf(object === workload ? kind : 'pods', object),
        path: `metadata.${what}`,
        verdict: 'off-track',
      };
    }
  }
  return undefined;
};

const aboutTemplate = /(^|\.)(spec\.template|status\.(updateRevision|updatedReplicas))\b/;

/** As it was when the step began, or when it was made. */
const before = ({metadata: {uid}}: KubeObject, {scene, since}: RuleContext) => {
  const track = scene.world.track(uid);
  return track && (versionAt(track, since) ?? track.versions[0])?.object;
};
const templateOf = (workload: KubeObject | undefined) =>
  JSON.stringify((workload?.spec as {template?: object} | undefined)?.template);

/** What was changed since then; undefined when nothing was. */
function changedIn(object: KubeObject, context: RuleContext): 'labels' | 'annotations' | undefined {
  const then = before(object, context);
  if (!then) return undefined;
  return (['labels', 'annotations'] as const).find(what => written(object, what) !== written(then, what));
}

/** Without what kubectl and controllers write for themselves. */
const written = ({metadata}: KubeObject, what: 'labels' | 'annotations') =>
  JSON.stringify(
    Object.entries((metadata[what] ?? {}) as Record<string, string>)
      .filter(([key]) => !/(^|\.)kubernetes\.io\//.test(key) || what === 'labels')
      .sort(),
  );
