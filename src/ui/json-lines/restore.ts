import {z} from 'zod';
import type {PlanReason} from '../../commands/view.ts';
import {base, undo} from './base.ts';

const planReasons = [
  'reset',
  'asked',
  'interrupted',
  'start',
  'through',
  'resumed',
  'left',
] as const satisfies PlanReason[];

/** What is said of what labs leave, and of taking it back. */
export const restoreLines = [
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
    type: z.literal('cluster-not-found'),
    provider: z.string(),
    cluster: z.string(),
    labs: z.array(z.string()).describe('Those that were run on it, by id.'),
  }),
] as const;
