import {z} from 'zod';
import type {EngineEvent} from '../engine/events.ts';
import {base, jsonVersion, undo} from './json-lines/base.ts';
import {bundleLines} from './json-lines/bundle.ts';
import {clusterInUseLines, clusterLine} from './json-lines/clusters.ts';
import {doctorLines} from './json-lines/doctor.ts';
import {labsLines} from './json-lines/labs.ts';
import {restoreLines} from './json-lines/restore.ts';
import {runLines} from './json-lines/run.ts';

export {jsonVersion} from './json-lines/base.ts';

const times = new Set(['at', 'seenAt', 'since', 'until']);

/** An event as one line of JSON; times are ISO 8601 in UTC. */
export const jsonLine = (event: EngineEvent | Record<string, unknown>): string =>
  JSON.stringify({v: jsonVersion, ...event}, (key, value) =>
    times.has(key) && typeof value === 'number' ? new Date(value).toISOString() : value,
  );

/** Every kind of line that `run --json`, `check --json` and the other commands print. */
export const jsonLineSchema = z
  .discriminatedUnion('type', [
    ...runLines,
    z.strictObject({
      ...base,
      type: z.literal('progress'),
      task: z.string(),
      line: z.string().optional(),
      undo: undo.optional().describe('What is undone, of the task `restore`.'),
      state: z.enum(['started', 'line', 'done', 'failed']),
    }),
    ...labsLines,
    clusterLine,
    ...bundleLines,
    ...clusterInUseLines,
    ...restoreLines,
    ...doctorLines,
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
