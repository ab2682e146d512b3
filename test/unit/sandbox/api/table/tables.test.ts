import {describe, expect, test} from 'vitest';
import {tableOf} from '../../../../../src/sandbox/api/table/tables.ts';
import type {Stored} from '../../../../../src/sandbox/objects.ts';
import {resourceTypes} from '../../../../../src/sandbox/schema/resources.ts';
import answers from './tables.answers.json' with {type: 'json'};

/** What a real cluster's API server answered when it was asked for tables: each with the objects behind it. */
interface Answer {
  columns: object[];
  /** `now`: when it was asked, milliseconds since the epoch. */
  rows: {now: number; cells: unknown[]; object: unknown}[];
}

describe.each(Object.entries(answers as Record<string, Answer>))('%s', (id, {columns, rows}) => {
  const type = resourceTypes.get(id);
  if (!type) throw new Error(`no resource ${id}`);
  const table = tableOf(type);

  test('has the real columns', () => expect(table.columns).toEqual(columns));

  test.each(rows)('shows $cells as they are', ({now, cells, object}) =>
    expect(table.cells(object as Stored, now)).toEqual(cells),
  );
});

test('every resource that can be listed was compared', () => {
  const listed = [...resourceTypes.values()].filter(({verbs}) => verbs.includes('list'));
  expect(Object.keys(answers)).toEqual(listed.map(({id}) => id));
});
