import {z} from 'zod';
import {type JournalEntry, restoreReasons} from '../engine/journal.ts';
import {providerIds} from '../engine/ports.ts';
import {databaseIds} from '../lab/databases.ts';
import {bindingModes, needNames, volumeFates} from '../lab/schema.ts';
import {changeableFields} from '../world/node-change.ts';

/** The version of the lines that this statelab writes, and the newest it can read. */
export const entryVersion = 1;

/** What a line of a journal turned out to be. */
export type ReadLine =
  | {kind: 'entry'; entry: JournalEntry}
  | {kind: 'newer'; version: number}
  | {kind: 'no-json'}
  | {kind: 'unknown'};

/** One line, with its line feed. `v` comes first, so that even a torn line tells it. */
export const writeLine = (entry: JournalEntry): string => `${JSON.stringify({v: entryVersion, ...entry})}\n`;

/** Reads one line, without its line feed. */
export function readLine(line: string): ReadLine {
  const value = parseJson(line);
  if (value === undefined) return {kind: 'no-json'};
  const versioned = z.object({v: z.int().positive()}).safeParse(value);
  if (!versioned.success) return {kind: 'unknown'};
  const {v} = versioned.data;
  if (v > entryVersion) return {kind: 'newer', version: v};
  const stored = storedEntry.safeParse(value);
  return stored.success ? {kind: 'entry', entry: withoutVersion(stored.data)} : {kind: 'unknown'};
}

/** The version that the beginning of a line tells, however short it was cut. */
export function versionOfTornLine(line: string): number | undefined {
  const digits = /^\{"v":(\d+)/.exec(line)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withoutVersion({v, ...entry}: StoredEntry): JournalEntry {
  return entry as JournalEntry; // `Omit` of a union forgets which type has which fields
}

const text = z.string();
const labels = z.record(text, text);
const taint = z.object({key: text, value: text.exactOptional(), effect: text});

const place = z.object({
  provider: z.enum(providerIds),
  cluster: text,
  identity: text,
  namespaceUid: text,
  database: z.enum(databaseIds).exactOptional(),
});

const capabilities = z.object({
  workers: z.number(),
  hostPath: z.boolean(),
  sharedDirectory: text.exactOptional(),
  nodeOperations: z.boolean(),
  // Lines from before there were these two are of clusters where both may be done.
  nodeChanges: z.boolean().default(true),
  persistentVolumes: z.boolean().default(true),
  defaultClass: z
    .object({
      name: text,
      provisioner: text.exactOptional(),
      bindingMode: z.enum(bindingModes).exactOptional(),
      volumes: z.enum(volumeFates).exactOptional(),
    })
    .exactOptional(),
  unseen: z.array(text).exactOptional(),
  withheld: z.partialRecord(z.enum(needNames), z.enum(['unasked', 'forbidden'])).exactOptional(),
});

const baseline = z.object({
  nodes: z.array(
    z.object({
      ...{name: text, schedulable: z.boolean(), labels, annotations: labels.exactOptional()},
      ...{taints: z.array(taint), running: z.boolean()},
    }),
  ),
  inDefault: z.array(text).exactOptional(),
});

const fieldValue = z.union([z.boolean(), text, z.null()]);
const change = z.object({
  node: text,
  field: z.enum(changeableFields),
  key: text.exactOptional(),
  before: fieldValue,
  after: fieldValue,
});

const metadata = z.looseObject({
  name: text,
  uid: text,
  namespace: text.exactOptional(),
  labels: labels.exactOptional(),
  annotations: labels.exactOptional(),
  creationTimestamp: text.exactOptional(),
  deletionTimestamp: text.exactOptional(),
  generation: z.number().exactOptional(),
  resourceVersion: text.exactOptional(),
  ownerReferences: z.array(z.looseObject({kind: text, name: text, uid: text})).exactOptional(),
});
const object = z.looseObject({apiVersion: text.exactOptional(), kind: text.exactOptional(), metadata});

const head = {v: z.literal(entryVersion), at: z.number()};
const storedEntry = z.discriminatedUnion('type', [
  z.object({
    ...head,
    type: z.literal('opened'),
    lab: text,
    place,
    capabilities: capabilities.exactOptional(),
    baseline,
  }),
  z.object({...head, type: z.literal('step-opened'), step: text}),
  z.object({
    ...head,
    type: z.literal('milestone'),
    step: text,
    milestone: text,
    remember: z.object({name: text, object}).exactOptional(),
  }),
  z.object({...head, type: z.literal('rewound'), step: text}),
  z.object({...head, type: z.literal('answered'), step: text, answer: text, right: z.boolean()}),
  z.object({...head, type: z.literal('hinted'), step: text, hint: z.number()}),
  z.object({...head, type: z.literal('step-reached'), step: text, by: z.enum(['learner', 'solve'])}),
  z.object({...head, type: z.literal('step-skipped'), step: text, why: text}),
  z.object({...head, type: z.literal('changed'), change, typed: z.boolean()}),
  z.object({...head, type: z.literal('volume-seen'), name: text, uid: text}),
  z.object({...head, type: z.literal('restoring'), what: z.enum(restoreReasons)}),
  z.object({...head, type: z.literal('restored'), what: z.enum(restoreReasons).exclude(['reset'])}),
  z.object({...head, type: z.literal('reset')}),
]);
type StoredEntry = z.infer<typeof storedEntry>;

/**
 * Does not compile when what is stored and what the engine writes are no longer the same. The fields are
 * compared by name as well: zod would drop an optional one that it does not know.
 */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
type Fields<E> = E extends {type: infer T extends string} ? `${T}.${keyof E & string}` : never;
type Written = JournalEntry & {v: typeof entryVersion};
true satisfies Same<StoredEntry, Written> & Same<Fields<StoredEntry>, Fields<Written>>;
