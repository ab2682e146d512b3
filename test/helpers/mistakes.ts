import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {parse} from 'yaml';
import {z} from 'zod';
import {compileRegex} from '../../src/lab/regex.ts';

const folder = fileURLToPath(new URL('../fixtures/mistakes/', import.meta.url));

const mistakes = z.array(
  z
    .strictObject({
      id: z.string().regex(/^[a-z][a-z0-9-]*$/),
      step: z.string(),
      /** What the learner did, in one line. */
      says: z.string().regex(/^[^\n]+$/),
      run: z.array(z.string()).optional(),
      answer: z.string().optional(),
      verdict: z.enum(['off-track', 'dead-end', 'converging']),
      /** The code of the diagnosis that must be given. */
      diagnosis: z.string(),
      /** What the English sentence must match: the cause, not only that a field is not as asked. */
      names: z.string().transform(source => compileRegex(source)),
      /** What takes it back. Without it the lab is reset and brought here again. */
      undo: z.array(z.string()).optional(),
    })
    .refine(it => it.run !== undefined || it.answer !== undefined, 'needs run or answer'),
);

/** A mistake that learners make, and what they must then be told. */
export type Mistake = z.infer<typeof mistakes>[number];

/** The labs that somebody made mistakes in. */
export const labsWithMistakes = (): string[] =>
  readdirSync(folder)
    .filter(file => file.endsWith('.yaml'))
    .map(file => file.replace(/\.yaml$/, ''));

export function mistakesOf(lab: string): Mistake[] {
  const file = `${folder}${lab}.yaml`;
  return existsSync(file) ? mistakes.parse(parse(readFileSync(file, 'utf8'))) : [];
}
