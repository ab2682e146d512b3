import {z} from 'zod';
import type {PlanReason} from '../commands/view.ts';
import {type EngineEvent, skipReasons} from '../engine/events.ts';
import {checkIds, findingStates} from '../preflight/finding.ts';

/** The version of the lines that --json prints. It grows when a field changes its meaning or goes away. */
export const jsonVersion = 1;

const times = new Set(['at', 'seenAt', 'since', 'until']);

/** An event as one line of JSON; times are ISO 8601 in UTC. */
export const jsonLine = (event: EngineEvent | Record<string, unknown>): string =>
  JSON.stringify({v: jsonVersion, ...event}, (key, value) =>
    times.has(key) && typeof value === 'number' ? new Date(value).toISOString() : value,
  );

const at = z.iso.datetime().describe('When, in UTC.');
const base = {v: z.literal(jsonVersion).describe('The version of this format.'), at};
const bundle = {
  file: z.string(),
  statelab: z.string(),
  made: z.string(),
  architecture: z.string(),
  platform: z.string(),
  database: z.string(),
  k3sImage: z.string(),
  images: z.array(z.string()),
  programs: z.record(z.string(), z.string()).describe('Their versions, by name.'),
  package: z.string().describe('What of it npm installs.'),
  size: z.int().describe('Bytes of the file.'),
};
const ofStep = {...base, lab: z.string(), step: z.string()};
const verdict = z.enum(['reached', 'converging', 'off-track', 'dead-end', 'cannot-tell']);
const about = z.looseObject({kind: z.string()}).describe('The object, by kind and name, labels or uid.');

const undo = z.looseObject({type: z.string()});
const planReasons = [
  'reset',
  'asked',
  'interrupted',
  'start',
  'through',
  'resumed',
  'left',
] as const satisfies PlanReason[];

/** Every kind of line that `run --json`, `check --json` and the other commands print. */
export const jsonLineSchema = z
  .discriminatedUnion('type', [
    z.strictObject({
      ...base,
      type: z.literal('lab'),
      lab: z.string(),
      total: z.int(),
      provider: z.string(),
      cluster: z.string(),
      namespace: z.string(),
      resumedAt: z.string().optional(),
    }),
    z.strictObject({
      ...ofStep,
      type: z.literal('step'),
      index: z.int(),
      total: z.int(),
      kind: z.enum(['do', 'predict', 'find', 'look']),
      command: z.string().optional(),
    }),
    z.strictObject({
      ...ofStep,
      type: z.literal('milestone'),
      milestone: z.string(),
      seenAt: at,
      object: z.string().optional(),
    }),
    z.strictObject({
      ...ofStep,
      type: z.literal('judged'),
      verdict,
      todo: z
        .literal(true)
        .optional()
        .describe('Off-track only because it is not done yet: nothing that was done is wrong.'),
      waitingFor: z.string().optional().describe('The first milestone that is not reached.'),
      mismatches: z.array(z.looseObject({type: z.string(), about: about.optional()})),
      diagnosis: z.looseObject({code: z.string(), facts: z.looseObject({})}).optional(),
      countdown: z.strictObject({because: z.string(), since: at, until: at}).optional(),
    }),
    z.strictObject({
      ...ofStep,
      type: z.literal('pod'),
      age: z.number().describe('Milliseconds since the Pod was first seen.'),
      pod: z.string(),
      status: z.string(),
      ready: z.boolean(),
      restarts: z.int(),
      exitCode: z.int().optional(),
      node: z.string().optional(),
    }),
    z.strictObject({
      ...ofStep,
      type: z.literal('answered'),
      answer: z.string(),
      right: z.boolean(),
      wanted: z.string().optional(),
    }),
    z.strictObject({
      ...ofStep,
      type: z.literal('compared'),
      answer: z.string().describe('What the learner expected, in the step `step`.'),
      wanted: z.string().describe('What came true.'),
      right: z.boolean(),
    }),
    z.strictObject({
      ...ofStep,
      type: z.literal('hint'),
      hint: z.int(),
      of: z.int(),
      text: z.string().optional(),
    }),
    z.strictObject({
      ...ofStep,
      type: z.literal('ran'),
      command: z.string(),
      exitCode: z.int(),
      output: z.string(),
    }),
    z.strictObject({
      ...ofStep,
      type: z.literal('reached'),
      verdict: z.literal('reached'),
      by: z.enum(['learner', 'solve']),
    }),
    z.strictObject({
      ...ofStep,
      type: z.literal('outage'),
      seconds: z.number().describe('The longest time within the step in which nobody served.'),
      speed: z.number().optional().describe('The seconds are of a cluster whose time goes so much faster.'),
    }),
    z.strictObject({...ofStep, type: z.literal('skipped'), why: z.enum(skipReasons)}),
    z.strictObject({...ofStep, type: z.literal('rewound')}),
    z.strictObject({
      ...base,
      type: z.literal('note'),
      lab: z.string(),
      step: z.string().optional(),
      note: z.looseObject({code: z.string()}),
    }),
    z.strictObject({
      ...base,
      type: z.literal('end'),
      lab: z.string(),
      reached: z.int(),
      skipped: z.int(),
      total: z.int(),
      exit: z.int(),
      next: z
        .string()
        .optional()
        .describe('The lab to go on with, when this one is through and there is one.'),
    }),
    z.strictObject({
      ...base,
      type: z.literal('progress'),
      task: z.string(),
      line: z.string().optional(),
      undo: undo.optional().describe('What is undone, of the task `restore`.'),
      state: z.enum(['started', 'line', 'done', 'failed']),
    }),
    z.strictObject({
      ...base,
      type: z.literal('listed-lab'),
      lab: z.string(),
      title: z.string(),
      minutes: z.int(),
      reached: z.int(),
      total: z.int(),
      after: z.array(z.string()).describe('The labs it takes for known and that are not done yet.'),
    }),
    z.strictObject({
      ...base,
      type: z.literal('path'),
      done: z.int(),
      total: z.int(),
      minutes: z.int().optional().describe('`labs`: how long those that are not done take a learner.'),
      next: z.string().optional().describe('The lab to go on with; without it all are done.'),
    }),
    z.strictObject({
      ...base,
      type: z.literal('lab-chosen'),
      lab: z.string(),
      because: z.enum(['begun', 'next']),
    }),
    z.strictObject({
      ...base,
      type: z.literal('lab-presupposes'),
      lab: z.string(),
      after: z.array(z.string()),
    }),
    z.strictObject({
      ...base,
      type: z.literal('status'),
      lab: z.string().optional(),
      step: z.string().optional(),
      reached: z.array(z.string()),
      skipped: z.array(z.string()),
      total: z.int(),
      provider: z.string().optional(),
      cluster: z.string().optional(),
    }),
    z.strictObject({
      ...base,
      type: z.literal('cluster'),
      provider: z.string(),
      cluster: z.string(),
      ours: z.boolean(),
      running: z.boolean(),
      current: z.boolean().describe('Commands that name no cluster work with it.'),
      unfinished: z
        .enum(['create', 'start', 'delete'])
        .optional()
        .describe('What a process was at that was ended; `cluster up` and `cluster down` go on with it.'),
      speed: z.number().optional(),
      kubeconfig: z.string().optional(),
    }),
    z.strictObject({...base, ...bundle, type: z.literal('bundle')}),
    z.strictObject({...base, ...bundle, type: z.literal('bundle-saved')}),
    z.strictObject({
      ...base,
      ...bundle,
      type: z.literal('bundle-loaded'),
      put: z.array(z.string()).describe('The programs that were put into statelab’s own folder.'),
    }),
    z.strictObject({
      ...base,
      type: z.literal('cluster-unfinished'),
      cluster: z.string(),
      doing: z.enum(['create', 'start', 'delete']),
    }),
    z.strictObject({
      ...base,
      type: z.literal('provider'),
      provider: z.string(),
      because: z.enum(['running', 'usable']),
      without: z.array(z.strictObject({provider: z.string(), why: z.string()})),
    }),
    z.strictObject({...base, type: z.literal('simulated'), speed: z.number()}),
    z.strictObject({
      ...base,
      type: z.literal('node'),
      node: z.string(),
      role: z.string(),
      running: z.boolean(),
    }),
    z.strictObject({
      ...base,
      type: z.literal('restore-unseen'),
      what: z.enum(['nodes', 'persistentvolumes']).describe('What may not be looked at.'),
    }),
    z.strictObject({
      ...base,
      type: z.literal('restore-refused'),
      undo,
      why: z.string().describe('The code of the error.'),
    }),
    z.strictObject({
      ...base,
      type: z.literal('restore-plan'),
      lab: z.string(),
      because: z
        .enum(planReasons)
        .describe('Why it is said; what is done about it depends on the answer, or on --yes.'),
      steps: z.array(undo),
    }),
    z.strictObject({
      ...base,
      type: z.literal('audit'),
      lab: z.string(),
      scope: z.enum(['lab', 'nodes']).describe('All that the lab left, or only what it left of the nodes.'),
      looked: z
        .strictObject({nodes: z.int(), directories: z.int()})
        .describe('How much was compared with how it was before the lab.'),
      unseen: z.array(z.enum(['nodes', 'persistentvolumes'])),
      left: z.array(undo),
      clean: z.boolean(),
    }),
    z.strictObject({
      ...base,
      type: z.literal('left-alone'),
      lab: z.string(),
      steps: z.array(undo).describe('What would undo it.'),
      mend: z.array(z.string()).describe('The commands for that.'),
    }),
    z.strictObject({
      ...base,
      type: z.literal('lab-busy'),
      lab: z.string(),
      pid: z.int().describe('The process that has the lab open.'),
      steps: z.array(undo),
    }),
    z.strictObject({
      ...base,
      type: z.literal('nodes-left'),
      lab: z.string(),
      nodes: z.array(z.string()),
    }),
    z.strictObject({...base, type: z.literal('cluster-gone'), cluster: z.string()}),
    z.strictObject({
      ...base,
      type: z.literal('finding'),
      check: z.enum(checkIds).describe('What was looked at.'),
      state: z.enum(findingStates),
      code: z.string(),
      facts: z.looseObject({}),
      message: z.string(),
      why: z.string().optional(),
      next: z.string().optional(),
      labs: z.array(z.string()).describe('The labs that it matters for.'),
      mend: z.array(z.string()).describe('The commands that mend it, in their order.'),
      fixable: z.boolean().describe('`doctor --fix` mends it.'),
    }),
    z.strictObject({
      ...base,
      type: z.literal('doctor'),
      provider: z.string(),
      cluster: z.string(),
      ok: z.int(),
      warn: z.int(),
      stop: z.int(),
      exit: z.int(),
    }),
    z.strictObject({...base, type: z.literal('env'), variables: z.record(z.string(), z.string())}),
    z.strictObject({
      ...base,
      type: z.literal('error'),
      code: z.string(),
      message: z.string(),
      next: z.string(),
      exit: z.int(),
    }),
  ])
  .describe('A line that statelab prints with --json.');
export type JsonLine = z.infer<typeof jsonLineSchema>;
