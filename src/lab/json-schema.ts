import {writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {z} from 'zod';
import {labSchema} from './schema.ts';

/** Where editors find it: the first line of each lab.yaml points there. */
export const jsonSchemaFile = new URL('../../labs/lab.schema.json', import.meta.url);

/** JSON Schema of lab.yaml, as its author writes it: what has a default may be left out. */
export function jsonSchemaText(): string {
  const schema = z.toJSONSchema(labSchema, {io: 'input', target: 'draft-2020-12'});
  return `${JSON.stringify(schema, null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(jsonSchemaFile, jsonSchemaText());
