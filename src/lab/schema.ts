import {z} from 'zod';
import {databaseIds} from './databases.ts';

const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'small letters, digits and hyphens, beginning with a letter')
  .describe('A name of small letters, digits and hyphens. Journals keep it, so it does not change.');

const plainName = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9]*$/, 'letters and digits, beginning with a small letter');

const rememberedName = z
  .string()
  .regex(/^\$[a-z][a-zA-Z0-9]*$/, 'a $ and a name, such as $first')
  .describe('An object that an earlier milestone remembered, as $name.');

export const watchKinds = [
  'pods',
  'services',
  'persistentvolumeclaims',
  'persistentvolumes',
  'configmaps',
  'secrets',
  'events',
  'nodes',
  'deployments.apps',
  'replicasets.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'jobs.batch',
  'endpointslices.discovery.k8s.io',
  'storageclasses.storage.k8s.io',
  'poddisruptionbudgets.policy',
] as const;
const watchKind = z.enum(watchKinds).describe('A kind as `kubectl get` takes it: resource.group.');
export type WatchKind = z.infer<typeof watchKind>;

const selector = z
  .strictObject({
    kind: watchKind,
    name: z.string().optional().describe('The name of the object.'),
    labels: z.string().optional().describe('An equality label selector, e.g. app=mariadb,tier=db.'),
    is: rememberedName.optional().describe('Only this very object (same UID).'),
    not: rememberedName.optional().describe('Any object but this one (other UID).'),
  })
  .describe('Which objects of the lab (or, for cluster-wide kinds, of the cluster) are meant.');
export type Selector = z.infer<typeof selector>;

const partial = z
  .record(z.string(), z.json())
  .describe(
    'A partial manifest: every field given must be so in the object. Each item of a list must be found among the items of the list there.',
  );
const expression = z
  .string()
  .describe(
    'CEL. `self` is the object; `objects` all that were selected; remembered objects go by their name.',
  );
const condition = z.union([partial, expression]);
export type Condition = z.infer<typeof condition>;

const log = z
  .strictObject({
    object: selector,
    container: z.string().optional(),
    previous: z
      .union([z.boolean(), z.literal('both')])
      .default(false)
      .describe('The log of the container that ran before the last restart; both: that one and the newest.'),
  })
  .describe('Read the log of a Pod.');
const exec = z
  .strictObject({
    object: selector,
    container: z.string().optional(),
    command: z.array(z.string()).min(1).describe('The program and its arguments; no shell takes part.'),
  })
  .describe('Run a program in a Pod.');
const files = z
  .strictObject({node: z.string().describe('The node, e.g. ${worker1}.'), path: z.string()})
  .describe('List a directory on a node.');
const local = z
  .strictObject({port: z.int().min(1).max(65535)})
  .describe(
    'Connect to this port of the learner’s own machine (127.0.0.1): ok when it is open, with what the server there says first as its text.',
  );
const node = z
  .strictObject({name: z.string().describe('The node, e.g. ${first.spec.nodeName}.')})
  .describe(
    'Does the node run? The text is running or silent: silent as soon as its machine is switched off, and when its Node is not Ready.',
  );
const look = z
  .union([
    z.strictObject({log}),
    z.strictObject({exec}),
    z.strictObject({files}),
    z.strictObject({local}),
    z.strictObject({node}),
  ])
  .describe('A look that needs an action.');
export type Look = z.infer<typeof look>;

const probe = z
  .strictObject({
    look: z
      .union([look, z.array(look).min(2)])
      .describe('One look, or several that are taken together; their answers are one list.'),
    matches: z
      .string()
      .optional()
      .describe('A regular expression that the output of every object asked must match.'),
    cel: z.string().optional().describe('CEL over `answers`, a list of {object, node, ok, text}, instead.'),
  })
  .refine(it => (it.matches === undefined) !== (it.cel === undefined), 'needs one of matches and cel')
  .describe(
    'Ask, and again (with growing pauses, at every change and after every command) until the answer matches.',
  );
export type Probe = z.infer<typeof probe>;

const compare = z
  .enum(['exact', 'basename'])
  .default('exact')
  .describe('basename: /var/lib/mysql/ibdata1, ./ibdata1 and ibdata1 are the same answer.');
const answer = z
  .union([
    z.strictObject({
      from: look.describe('Where the right answers stand, in the cluster, now.'),
      find: z.string().describe('A regular expression; its first group, at every match, is a right answer.'),
      compare,
    }),
    z.strictObject({
      object: selector,
      value: z
        .string()
        .describe(
          'CEL that gives the right answer, a text or a list of texts, of each selected object: `self`. A value of a Secret is string(base64.decode(self.data.password)).',
        ),
      compare,
    }),
  ])
  .describe('What the learner answers must be what the cluster says.');
export type AnswerCheck = z.infer<typeof answer>;
/** An answer that a look finds. */
export type LookedUpAnswer = Extract<AnswerCheck, {from: Look}>;
/** An answer that the objects of the cluster say by themselves. */
export type ObjectAnswer = Extract<AnswerCheck, {value: string}>;

/** What becomes of a volume of the default StorageClass when its Pod goes to another node. */
export const volumeFates = ['pinned', 'empty', 'follows'] as const;
export const bindingModes = ['Immediate', 'WaitForFirstConsumer'] as const;

const needs = z
  .strictObject({
    workers: z.int().positive().optional().describe('So many nodes for Pods, at least.'),
    hostPath: z.literal(true).optional().describe('Pods may mount directories of their node.'),
    sharedDirectory: z.literal(true).optional().describe('All nodes share a directory: ${sharedDir}.'),
    nodeOperations: z.literal(true).optional().describe('Nodes can be stopped and started.'),
    nodeChanges: z
      .literal(true)
      .optional()
      .describe('Nodes may be cordoned, drained, tainted, labelled and deleted.'),
    persistentVolumes: z
      .literal(true)
      .optional()
      .describe('PersistentVolumes may be made by hand; they belong to the whole cluster.'),
    defaultClass: z.literal(true).optional().describe('There is a default StorageClass: ${storageClass}.'),
    storageClasses: z
      .literal(true)
      .optional()
      .describe('StorageClasses may be looked at: ${bindingMode} and ${provisioner} of the default one.'),
    bindingMode: z.enum(bindingModes).optional().describe('That of the default StorageClass.'),
    volumes: z
      .enum(volumeFates)
      .optional()
      .describe(
        'What becomes of a volume of the default StorageClass when its Pod goes to another node. pinned: the Pod cannot go, the volume has a node affinity. empty: it starts there on an empty directory. follows: its files are there.',
      ),
  })
  .describe('What the cluster must be able to do.');
export type Needs = z.infer<typeof needs>;
export const needNames = needs.keyof().options;

const seconds = z.int().positive();
const usualSeconds = z
  .union([
    seconds,
    z.strictObject(
      Object.fromEntries(databaseIds.map(id => [id, seconds])) as Record<
        (typeof databaseIds)[number],
        typeof seconds
      >,
    ),
  ])
  .describe('Seconds it usually takes, for the countdown; in a lab with a database also by the database.');
export type UsualSeconds = z.infer<typeof usualSeconds>;

const kinds = ['match', 'seen', 'gone', 'kept', 'replaced', 'moved', 'probe', 'answer'] as const;

const milestone = z
  .strictObject({
    id,
    when: needs
      .optional()
      .describe('The milestone counts only on a cluster like that; elsewhere it is left out.'),
    object: selector.optional(),
    match: condition
      .optional()
      .describe('One selected object is so now, and still is when the step is reached.'),
    seen: condition
      .optional()
      .describe('One selected object was so at some time since the milestone before.'),
    gone: z.literal(true).optional().describe('No selected object is left.'),
    kept: rememberedName.optional().describe('This very object is still there, and was all the time.'),
    replaced: rememberedName.optional().describe('There is one of the same name with another UID.'),
    moved: rememberedName.optional().describe('A selected Pod runs on another node than this one did.'),
    probe: probe.optional(),
    answer: answer.optional(),
    count: z.int().nonnegative().optional().describe('With match or seen: exactly so many objects are so.'),
    holds: z.int().positive().optional().describe('Seconds it must last without a break.'),
    never: expression
      .optional()
      .describe(
        'With seen: must not have been true at any time in the life of the object seen. `objects` are all of its selector without is and not.',
      ),
    remember: plainName
      .optional()
      .describe('Keep the object under this name for later milestones, steps and sentences.'),
    waits: z
      .enum(['learner', 'cluster'])
      .optional()
      .describe(
        'Who has to act while it is not so. Without it: fields of spec are the learner’s, those of status the cluster’s.',
      ),
    expect: z
      .strictObject({
        within: usualSeconds,
        because: z
          .string()
          .describe('The reason, a key of the messages or a sentence key of the lab’s text.'),
      })
      .optional(),
  })
  .superRefine((it, context) => {
    const given = kinds.filter(kind => it[kind] !== undefined);
    if (given.length !== 1) {
      const message = `needs exactly one of ${kinds.join(', ')}${given.length > 1 ? `, has ${given.join(' and ')}` : ''}`;
      context.addIssue({code: 'custom', message});
    }
    const needsObject = given.some(kind => ['match', 'seen', 'gone', 'moved'].includes(kind));
    if (needsObject && !it.object)
      context.addIssue({code: 'custom', path: ['object'], message: `${given[0]} needs object`});
  })
  .describe('One observable fact that a step waits for. Those of a step are reached in their order.');
export type Milestone = z.infer<typeof milestone>;

const commandLine = z
  .string()
  .min(1)
  .describe('Split like a shell’s words, run without a shell; ${names} are filled in after.');

const commandOrBackground = commandLine.describe(
  'Split like a shell’s words, run without a shell; ${names} are filled in after. With & at its end the command goes on beside the next ones, and is ended when the step is left.',
);

const wrongWay = z
  .strictObject({
    id,
    run: z.array(commandOrBackground).optional(),
    answer: z.string().optional(),
    verdict: z.enum(['off-track', 'dead-end']),
    diagnosis: z.string().optional().describe('The code of the diagnosis that must be given.'),
    undo: z
      .array(commandLine)
      .optional()
      .describe('What takes it back. Without it the lab is reset and brought here again.'),
  })
  .refine(
    it => it.run !== undefined || it.answer !== undefined,
    'needs run or answer (or both, in this order)',
  )
  .describe('What a learner may do instead, and what must then be said. It must never be reached.');
export type WrongWay = z.infer<typeof wrongWay>;

const outage = z
  .strictObject({object: selector, served: condition})
  .describe(
    'How long was it not so for any of the objects, at most, within this step? Shown when the step is reached; ${outage}, in seconds, in its `### after`.',
  );
export type Outage = z.infer<typeof outage>;

const step = z
  .strictObject({
    id,
    type: z.enum(['do', 'predict', 'find', 'look']),
    needs: needs
      .optional()
      .describe('On a cluster that cannot do all of it the step is skipped, and says why.'),
    command: commandLine.optional().describe('What a learner would type, one command a line.'),
    options: z.array(id).min(2).optional().describe('predict: the answers to choose from.'),
    right: id.optional().describe('predict: the option that comes true.'),
    milestones: z.array(milestone).default([]),
    outage: outage.optional(),
    expected: z
      .array(z.string())
      .default([])
      .describe('Codes of diagnoses that are meant to happen here, so are no news.'),
    timeline: z
      .string()
      .optional()
      .describe('A label selector: the states of these Pods are shown as they change.'),
    hints: z.int().nonnegative().default(0).describe('How many hints the text has for this step.'),
    solve: z.array(commandOrBackground).default([]),
    undoneBy: id
      .optional()
      .describe('A later step that takes everything back, so that a fast-forward past it leaves out both.'),
    wrong: z.array(wrongWay).default([]),
  })
  .describe('One thing to do, predict, find or look at.');
export type Step = z.infer<typeof step>;

export const labSchema = z
  .strictObject({
    apiVersion: z.literal('statelab.dev/v1'),
    kind: z.literal('Lab'),
    id,
    minutes: z.int().positive().describe('How long a learner takes.'),
    needs: needs.default({}).describe('A lab whose needs are not met does not start, and says why.'),
    database: z
      .boolean()
      .default(false)
      .describe(
        'The lab runs a database, MariaDB or, with --database mysql, MySQL: ${image.db}, ${db.title}, ${db.client}, ${db.admin}, ${db.server} and ${db.env} are those of that one.',
      ),
    images: z
      .record(plainName, z.string())
      .default({})
      .describe('Images by role. ${image.role} stands for one.'),
    watches: z.array(watchKind).min(1).describe('The kinds the engine looks at.'),
    steps: z.array(step).min(1),
  })
  .describe(
    'A lab of statelab. Its sentences stand beside it in en.md and ja.md, its manifests under manifests/<id>.',
  );

/** lab.yaml as it is after defaults were filled in. */
export type LabFile = z.infer<typeof labSchema>;
