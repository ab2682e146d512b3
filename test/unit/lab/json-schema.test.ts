import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {jsonSchemaFile, jsonSchemaText} from '../../../src/lab/json-schema.ts';

test('labs/lab.schema.json is what the schema gives: `npm run schema` writes it anew', () => {
  expect(readFileSync(jsonSchemaFile, 'utf8')).toBe(jsonSchemaText());
});

test('what has a default may be left out', () => {
  const {properties, required} = JSON.parse(jsonSchemaText());
  expect(required).toEqual(['apiVersion', 'kind', 'id', 'minutes', 'watches', 'steps']);
  expect(properties.steps.items.required).toEqual(['id', 'type']);
});
