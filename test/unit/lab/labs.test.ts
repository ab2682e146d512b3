import {expect, test} from 'vitest';
import type {Problem} from '../../../src/errors.ts';
import {getLab, labIds} from '../../../src/lab/catalog.ts';
import {minutesOf} from '../../../src/lab/minutes.ts';

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

test.each(labIds())('%s takes as long as its text, its commands and its waits', id => {
  const lab = getLab(id);
  expect(lab.minutes).toBe(minutesOf(lab));
});
