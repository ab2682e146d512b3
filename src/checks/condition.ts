import type {Condition, Selector} from '../lab/schema.ts';
import type {JsonMap, KubeObject, Millis} from '../world/object.ts';
import {failures, isTrue} from './cel.ts';
import type {Mismatch} from './judgement.ts';
import {aboutObject, aboutOf, inLab, type Scene, select} from './select.ts';
import {differences} from './subset.ts';

/** The selected objects that are as the condition wants them, at a time (without it: now). */
export function satisfying(
  condition: Condition,
  selector: Selector,
  scene: Scene,
  at?: Millis,
): KubeObject[] {
  const objects = select(selector, scene, at);
  return objects.filter(self =>
    typeof condition === 'string'
      ? isTrue(condition, {...scene.remembered, self, objects})
      : differences(condition as JsonMap, self as JsonMap).length === 0,
  );
}

/** What is not so, of the selected object that comes closest; that there is none, if there is none. */
export function shortfall(condition: Condition, selector: Selector, scene: Scene): Mismatch[] {
  const objects = select(selector, scene);
  const [closest] = objects
    .map(self => objectShortfall(condition, self, objects, selector, scene))
    .sort((a, b) => a.length - b.length);
  return closest ?? [{type: 'missing', about: aboutOf(selector, scene)}];
}

/** What is not so of one of the selected objects. */
export function objectShortfall(
  condition: Condition,
  self: KubeObject,
  objects: KubeObject[],
  selector: Selector,
  scene: Scene,
): Mismatch[] {
  const about = aboutObject(selector.kind, self);
  if (typeof condition === 'string')
    return failures(condition, {...scene.remembered, self, objects}).map(difference => ({
      type: 'expression',
      about,
      ...difference,
      wanted: String(difference.wanted),
    }));
  return differences(condition as JsonMap, self as JsonMap).map(difference => ({
    type: 'field',
    about,
    ...difference,
  }));
}

/** Was the `never` of a milestone true at any time in the life of the object, up to `until`? Since when? */
export function brokenNever(
  expression: string,
  selector: Selector,
  object: KubeObject,
  until: Millis,
  scene: Scene,
): Millis | undefined {
  const born = scene.world.track(object.metadata.uid)?.versions[0]?.at ?? until;
  return [born, ...scene.world.changes(selector.kind, born)]
    .filter(at => at <= until)
    .find(at => isTrue(expression, {...scene.remembered, objects: inLab(selector, scene, at)}));
}
