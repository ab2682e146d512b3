import {describe, expect, test} from 'vitest';
import {chooseDatabase} from '../../../src/commands/choose-database.ts';
import type {DatabaseId} from '../../../src/lab/databases.ts';

const lab = {id: 'shop', database: true};
const asking = (database?: DatabaseId) => ({
  options: {json: false, yes: false, ...(database ? {database} : {})},
});

describe('the database of a lab', () => {
  test('is MariaDB when nothing is said', () => {
    expect(chooseDatabase(asking(), lab)).toBe('mariadb');
  });
  test('is the one asked for', () => {
    expect(chooseDatabase(asking('mysql'), lab)).toBe('mysql');
  });
  test('stays the one it was begun with', () => {
    expect(chooseDatabase(asking(), lab, {database: 'mysql'})).toBe('mysql');
    expect(chooseDatabase(asking('mysql'), lab, {database: 'mysql'})).toBe('mysql');
  });
  test.each([
    ['mysql', 'mariadb'],
    ['mariadb', 'mysql'],
  ] as const)('begun with %s is not changed to %s', (begun, asked) => {
    expect(() => chooseDatabase(asking(asked), lab, {database: begun})).toThrow(
      expect.objectContaining({code: 'database-differs', facts: {lab: 'shop', begun, asked}, exitCode: 2}),
    );
  });
  test('was MariaDB before there was a choice', () => {
    expect(chooseDatabase(asking(), lab, {})).toBe('mariadb');
    expect(() => chooseDatabase(asking('mysql'), lab, {})).toThrow(
      expect.objectContaining({code: 'database-differs'}),
    );
  });
  test('is none where the lab runs none, whatever is asked for', () => {
    expect(chooseDatabase(asking('mysql'), {id: 'files', database: false})).toBeUndefined();
  });
});
