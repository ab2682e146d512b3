import {expect, test} from 'vitest';
import type {Problem} from '../../../src/errors.ts';
import {getLab, labIds} from '../../../src/lab/catalog.ts';

test.each(labIds())('%s has no problems', id => {
  expect(problemsOf(id)).toEqual([]);
});

function problemsOf(id: string): string[] {
  try {
    getLab(id);
    return [];
  } catch (error) {
    const {problems} = (error as {facts: {problems: Problem[]}}).facts;
    return problems.map(({file, line, path, message}) => `${file}:${line ?? ''} ${path} ${message}`);
  }
}
