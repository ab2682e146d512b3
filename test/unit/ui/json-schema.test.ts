import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {jsonLineSchema, jsonVersion} from '../../../src/ui/json.ts';
import {eventsSchemaFile, eventsSchemaText} from '../../../src/ui/json-schema.ts';

const page = readFileSync(new URL('../../../docs/json.md', import.meta.url), 'utf8');
const kinds: string[] = jsonLineSchema.options.map(({shape}) => shape.type.value);
/** Sections of docs/json.md with their example lines. */
const sections = page
  .split(/^### /m)
  .slice(1)
  .map(section => ({
    kind: section.split('\n')[0] ?? '',
    examples: [...section.matchAll(/^\{.*\}$/gm)].map(([line]) => JSON.parse(line)),
  }));

test('docs/events.schema.json is what the schema gives: `npm run schema` writes it anew', () => {
  expect(readFileSync(eventsSchemaFile, 'utf8')).toBe(eventsSchemaText());
});

test('readers let fields pass that they do not know', () => {
  expect(eventsSchemaText()).not.toContain('"additionalProperties": false');
});

describe('docs/json.md', () => {
  test('has a section for every kind of line, and none for others', () => {
    expect(sections.map(({kind}) => kind).sort()).toEqual(kinds.toSorted());
  });
  test.each(sections)('$kind: its examples are such lines', ({kind, examples}) => {
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples)
      expect(jsonLineSchema.parse(example)).toMatchObject({type: kind, v: jsonVersion});
  });
});
