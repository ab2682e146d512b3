import {readdir, readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {parse} from 'yaml';
import {z} from 'zod';

const waitSchema = z
  .union([z.string(), z.strictObject({run: z.string(), shows: z.string()})])
  .describe('A kubectl command to repeat until it succeeds and, with `shows`, its output has this text.');

const stepSchema = z.strictObject({
  run: z.string().describe('A command line of kubectl. No shell: words and quotes only, and $VARIABLES.'),
  stdin: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  set: z
    .record(z.string(), z.string())
    .optional()
    .describe('Variables for this and later steps: each the output of a kubectl command.'),
  interruptAfter: z
    .number()
    .optional()
    .describe('Seconds without output until the command gets an interrupt.'),
  unordered: z.literal(true).optional().describe('Its lines come in any order.'),
  until: z.array(waitSchema).optional().describe('What to wait for before the next step.'),
  volatile: z
    .array(z.string())
    .optional()
    .describe('Regular expressions: what they match differs between two runs, or with the machine.'),
});

const sessionSchema = z.strictObject({
  about: z.string(),
  nodes: z.literal(true).optional().describe('It changes nodes: nothing may run beside it.'),
  files: z.record(z.string(), z.string()).optional().describe('Manifests by name, in the working directory.'),
  brief: z
    .array(z.string())
    .optional()
    .describe('Containers that end so soon that nobody may see them run, or end before their Pod does.'),
  steps: z.array(z.union([z.string(), stepSchema])),
  cleanup: z.array(z.string()).optional().describe('Removes what is not in its namespace. May fail.'),
  wipe: z.array(z.string()).optional().describe('Directories on nodes that hostPath volumes leave behind.'),
});

export type Wait = z.infer<typeof waitSchema>;
export type Step = z.infer<typeof stepSchema>;
export interface Session extends Omit<z.infer<typeof sessionSchema>, 'steps'> {
  name: string;
  /** Its folder, with the recording in it. */
  folder: string;
  steps: Step[];
}

const root = fileURLToPath(new URL('../fixtures/sessions/', import.meta.url));

/** All sessions under test/fixtures/sessions, by name. */
export async function loadSessions(): Promise<Session[]> {
  const entries = await readdir(root, {withFileTypes: true});
  const names = entries.filter(entry => entry.isDirectory()).map(entry => entry.name);
  return Promise.all(names.sort().map(loadSession));
}

async function loadSession(name: string): Promise<Session> {
  const folder = `${root}${name}/`;
  const read = sessionSchema.parse(parse(await readFile(`${folder}session.yaml`, 'utf8')));
  return {
    ...read,
    name,
    folder,
    steps: read.steps.map(step => (typeof step === 'string' ? {run: step} : step)),
  };
}
