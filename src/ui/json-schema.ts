import {writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {z} from 'zod';
import {jsonLineSchema} from './json.ts';

/** For programs that read what statelab prints with --json. */
export const eventsSchemaFile = new URL('../../docs/events.schema.json', import.meta.url);

/** JSON Schema of one line. It lets fields pass that it does not know: they may be added within a version. */
export function eventsSchemaText(): string {
  const schema = z.toJSONSchema(jsonLineSchema, {
    io: 'output',
    target: 'draft-2020-12',
    override({jsonSchema}) {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return `${JSON.stringify(schema, null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(eventsSchemaFile, eventsSchemaText());
