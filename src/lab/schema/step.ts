import {z} from 'zod';
import {milestone} from './milestone.ts';
import {id} from './names.ts';
import {needs} from './needs.ts';
import {condition, selector} from './objects.ts';

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

export const step = z
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
