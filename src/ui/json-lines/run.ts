import {z} from 'zod';
import {skipReasons} from '../../engine/events.ts';
import {at, base} from './base.ts';

const ofStep = {...base, lab: z.string(), step: z.string()};
const verdict = z.enum(['reached', 'converging', 'off-track', 'dead-end', 'cannot-tell']);
const about = z.looseObject({kind: z.string()}).describe('The object, by kind and name, labels or uid.');

/** What is said of a run from its beginning to its end. */
export const runLines = [
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
    next: z.string().optional().describe('The lab to go on with, when this one is through and there is one.'),
  }),
] as const;
