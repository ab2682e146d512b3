import {z} from 'zod';
import {selector} from './objects.ts';

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
export const look = z
  .union([
    z.strictObject({log}),
    z.strictObject({exec}),
    z.strictObject({files}),
    z.strictObject({local}),
    z.strictObject({node}),
  ])
  .describe('A look that needs an action.');
export type Look = z.infer<typeof look>;

export const probe = z
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
export const answer = z
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
