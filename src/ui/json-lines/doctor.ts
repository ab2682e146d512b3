import {z} from 'zod';
import {checkIds, findingStates} from '../../preflight/finding.ts';
import {base} from './base.ts';

/** What is found out about a place for labs. */
export const doctorLines = [
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
] as const;
