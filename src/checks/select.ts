import {looksOf} from '../lab/look-of.ts';
import type {Milestone, Selector} from '../lab/schema.ts';
import {placeholdersOf} from '../lab/variables.ts';
import {clusterKinds, type KubeObject, type Millis} from '../world/object.ts';
import type {World} from '../world/world.ts';
import type {About} from './judgement.ts';

/** Objects that milestones remembered, by their name without the $. */
export type Remembered = Readonly<Record<string, KubeObject>>;

/** What a judgement is made from. */
export interface Scene {
  world: World;
  /** The lab's namespace; objects in others are never what a milestone means. */
  namespace: string;
  remembered: Remembered;
}

/** The objects a selector means, at a time (without it: now). */
export function select(selector: Selector, scene: Scene, at?: Millis): KubeObject[] {
  const {is, not} = selector;
  return inLab(selector, scene, at).filter(
    ({metadata: {uid}}) =>
      (is === undefined || uid === rememberedUid(is, scene)) &&
      (not === undefined || uid !== rememberedUid(not, scene)),
  );
}

/** The same without `is` and `not`. */
export const inLab = ({kind, name, labels}: Selector, {world, namespace}: Scene, at?: Millis): KubeObject[] =>
  world
    .objects(kind, at)
    .filter(
      ({metadata}) =>
        (clusterKinds.has(kind) || metadata.namespace === namespace) &&
        (name === undefined || metadata.name === name) &&
        (labels === undefined || hasLabels(metadata.labels, labels)),
    );

/** Do the labels satisfy an equality selector such as app=mariadb,tier=db? */
export const hasLabels = (labels: Record<string, string> | undefined, selector: string): boolean =>
  selector.split(',').every(term => {
    const [key = '', value = ''] = term.split('=');
    return labels?.[key.trim()] === value.trim();
  });

/** `$first` to the object of that name. */
export const recall = (name: string, {remembered}: Pick<Scene, 'remembered'>): KubeObject | undefined =>
  remembered[name.slice(1)];

const rememberedUid = (name: string, scene: Scene) => recall(name, scene)?.metadata.uid;

/** The remembered object, as $name, without which a milestone cannot come true. */
export function neededBy(milestone: Milestone): string | undefined {
  const {kept, object, answer} = milestone;
  const asked = looksOf(milestone).flatMap(look =>
    'log' in look ? look.log.object : 'exec' in look ? look.exec.object : [],
  );
  const answered = answer && 'value' in answer ? answer.object : undefined;
  return kept ?? object?.is ?? answered?.is ?? asked.find(({is}) => is)?.is;
}

/** The names, without the $, of all remembered objects that a milestone speaks of, in selectors, CEL and ${names}. */
export function mentionedBy(milestone: Milestone): ReadonlySet<string> {
  const {kept, replaced, moved, object, match, seen, never, probe, answer} = milestone;
  const looked = looksOf(milestone);
  const selectors = [
    object,
    answer && 'value' in answer ? answer.object : undefined,
    ...looked.map(look => ('log' in look ? look.log.object : 'exec' in look ? look.exec.object : undefined)),
  ];
  const references = [kept, replaced, moved, ...selectors.flatMap(one => [one?.is, one?.not])];
  const expressions = [
    match,
    seen,
    never,
    probe?.cel,
    answer && 'value' in answer ? answer.value : undefined,
  ];
  const placeholders = placeholdersOf(JSON.stringify([...looked, ...selectors, match, seen, probe?.matches]));
  return new Set([
    ...references.flatMap(name => name?.slice(1) ?? []),
    ...expressions.flatMap(one => (typeof one === 'string' ? identifiersIn(one) : [])),
    ...placeholders.flatMap(name => name.split('.')[0] ?? []),
  ]);
}

/** The variables of a CEL expression: not what stands in quotes, nor fields, which stand behind a dot. */
const identifiersIn = (expression: string): string[] =>
  expression.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '').match(/(?<![\w.])[A-Za-z_]\w*/g) ?? [];

/** How to name what a selector means when there is nothing to name. */
export function aboutOf({kind, name, labels, is}: Selector, scene: Scene): About {
  const object = is === undefined ? undefined : recall(is, scene);
  const called = name ?? object?.metadata.name;
  return {
    kind,
    ...(called === undefined ? {} : {name: called}),
    ...(labels === undefined ? {} : {labels}),
    ...(object === undefined ? {} : {uid: object.metadata.uid}),
  };
}

export const aboutObject = (kind: About['kind'], {metadata: {name, uid}}: KubeObject): About => ({
  kind,
  name,
  uid,
});
