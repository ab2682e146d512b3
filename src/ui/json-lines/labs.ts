import {z} from 'zod';
import {base} from './base.ts';

/** What is said of the labs, and how far the learner is in them. */
export const labsLines = [
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
] as const;
