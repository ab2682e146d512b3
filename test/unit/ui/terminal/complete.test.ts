import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {Conversation} from '../../../../src/commands/view.ts';
import {completer} from '../../../../src/ui/terminal/complete.ts';
import {emptyDirectory} from '../../../helpers/directory.ts';

test('first words', () => {
  expect(completer('h', undefined)).toEqual([['help ', 'hint '], 'h']);
  expect(completer('k', undefined)).toEqual([['kubectl '], 'k']);
});

test('verbs of kubectl', () => {
  expect(completer('kubectl ex', undefined)).toEqual([['exec ', 'explain '], 'ex']);
});

test('the lab’s manifests', () => {
  const directory = emptyDirectory();
  for (const name of ['db.yaml', 'web.yaml']) writeFileSync(join(directory, name), '');
  const conversation = {directory} as Conversation;
  expect(completer('kubectl apply -f d', conversation)).toEqual([['db.yaml '], 'd']);
  expect(completer('kubectl apply -f d', {directory: join(directory, 'none')} as Conversation)[0]).toEqual(
    [],
  );
  expect(completer('kubectl apply -f d', undefined)[0]).toEqual([]);
});
