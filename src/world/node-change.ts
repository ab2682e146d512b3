import {annotationsLost, type NodeBaseline} from './baseline.ts';
import type {Millis} from './object.ts';

/** A node as it is, or as it was last while its Node object was there. */
export interface NodeState extends NodeBaseline {
  /** Is there a Node object? */
  registered: boolean;
}

export const changeableFields = [
  'registered',
  'running',
  'schedulable',
  'label',
  'annotation',
  'taint',
] as const;

/** null: there is no such label, annotation or taint. A taint without a value has ''. */
export type FieldValue = boolean | string | null;

/** One thing of a node that became another. */
export interface NodeChange {
  node: string;
  field: (typeof changeableFields)[number];
  /** Of a label or an annotation its key, of a taint `key:effect`. */
  key?: string;
  before: FieldValue;
  after: FieldValue;
}

/** A change as a lab's journal tells it. */
export interface SeenChange extends NodeChange {
  at: Millis;
  lab: string;
  /** The node was named in a command that went through statelab, so that it was the learner's doing. */
  typed: boolean;
}

/** What is still changed, by whoever changed it last. `before` is how it was before any lab changed it. */
export interface StandingChange extends NodeChange {
  lab: string;
}

/**
 * What is different. Of a node that is not registered nothing else is known. Annotations count only that went with a Node
 * object: else it is mostly programs of the node that write them, all the time.
 */
export function nodeChanges(before: NodeState, now: NodeState): NodeChange[] {
  const {name: node} = before;
  const registered = {node, field: 'registered', before: before.registered, after: now.registered} as const;
  const lost = before.registered ? [] : Object.keys(annotationsLost(before, now));
  const fields = now.registered
    ? [...fieldsOf(before), ...fieldsOf(now), ...lost.map(key => ({node, field: 'annotation', key}) as const)]
    : [];
  const unlike = [...new Map(fields.map(field => [idOf(field), field])).values()].flatMap(field => {
    const [was, is] = [fieldOf(before, field), fieldOf(now, field)];
    return was === is ? [] : [{...field, before: was, after: is}];
  });
  return before.registered === now.registered ? unlike : [registered, ...unlike];
}

/**
 * Folds what the labs saw on one cluster, oldest first, into what is still changed. What somebody else changed in
 * between is theirs: how it was before that, nobody wants back.
 * @param isOurs whether a change was made by a learner of the labs
 */
export function standingChanges(
  seen: readonly SeenChange[],
  isOurs: (change: SeenChange) => boolean,
): StandingChange[] {
  const chains = new Map<string, StandingChange>();
  const newest = new Map<string, SeenChange>();
  for (const change of seen.toSorted((a, b) => a.at - b.at)) {
    const id = idOf(change);
    const last = newest.get(id);
    newest.set(id, change);
    if (last && isSeenByBoth(last, change)) continue;
    const chain = chains.get(id);
    chains.delete(id);
    if (!isOurs(change)) continue;
    const {at, typed, ...standing} = change;
    const before = chain?.after === change.before ? chain.before : change.before;
    if (before !== change.after) chains.set(id, {...standing, before});
  }
  return [...chains.values()];
}

/** Of two labs that run side by side each sees what changes. */
const isSeenByBoth = (one: SeenChange, other: SeenChange) =>
  one.lab !== other.lab && one.before === other.before && one.after === other.after;

type Field = Pick<NodeChange, 'node' | 'field' | 'key'>;
const idOf = ({node, field, key = ''}: Field) => `${node}\n${field}\n${key}`;

function fieldsOf({name: node, labels, taints}: NodeBaseline): Field[] {
  return [
    {node, field: 'running'},
    {node, field: 'schedulable'},
    ...Object.keys(labels).map(key => ({node, field: 'label', key}) as const),
    ...taints.map(({key, effect}) => ({node, field: 'taint', key: `${key}:${effect}`}) as const),
  ];
}

/** What a field of a node is. */
export function fieldOf(node: NodeState, {field, key = ''}: Omit<Field, 'node'>): FieldValue {
  if (field === 'label') return node.labels[key] ?? null;
  if (field === 'annotation') return node.annotations?.[key] ?? null;
  if (field !== 'taint') return node[field];
  const taint = node.taints.find(one => `${one.key}:${one.effect}` === key);
  return taint ? (taint.value ?? '') : null;
}

/** The node with one field as given. */
export function withValue<N extends NodeBaseline>(
  node: N,
  {field, key = ''}: Omit<Field, 'node'>,
  value: FieldValue,
): N {
  if (field === 'label') {
    const {[key]: _old, ...labels} = node.labels;
    return {...node, labels: value === null ? labels : {...labels, [key]: String(value)}};
  }
  if (field === 'annotation') {
    const {[key]: _old, ...annotations} = node.annotations ?? {};
    return {...node, annotations: value === null ? annotations : {...annotations, [key]: String(value)}};
  }
  if (field !== 'taint') return {...node, [field]: value};
  const others = node.taints.filter(one => `${one.key}:${one.effect}` !== key);
  const at = key.lastIndexOf(':');
  const taint = {
    key: key.slice(0, at),
    ...(value === '' ? {} : {value: String(value)}),
    effect: key.slice(at + 1),
  };
  return {...node, taints: value === null ? others : [...others, taint]};
}
