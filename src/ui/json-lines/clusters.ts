import {z} from 'zod';
import {base} from './base.ts';

/** One of the clusters that there are. */
export const clusterLine = z.strictObject({
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
});

/** What is said of the cluster that is worked with, and of its nodes. */
export const clusterInUseLines = [
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
] as const;
