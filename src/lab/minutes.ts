import type {Lab, StepText} from './lab.ts';
import type {Step} from './schema.ts';
import {secondsOf} from './usual-seconds.ts';

/** Words that somebody reads in a minute who wants to understand them. */
const wordsPerMinute = 200;
/** So long it takes to type a command, or one line of a program, and to look at what comes of it. */
const secondsPerLine = 10;
/** Nobody plans by the minute. */
const roundedTo = 5;

/**
 * How many minutes a lab takes: to read the English text without its hints, and the manifests, to type what it tells to
 * type, and to wait for what takes its time with MariaDB; in steps of five.
 */
export function minutesOf(lab: Lab): number {
  const {intro, steps, debrief = ''} = lab.texts.en;
  const seconds = lab.steps.map(step => {
    const text = steps[step.id];
    return text ? secondsOfStep(step, text) : 0;
  });
  const besides = [intro, debrief, ...Object.values(lab.manifests)].map(readingSeconds);
  const total = [...seconds, ...besides].reduce((sum, one) => sum + one, 0);
  return Math.ceil(total / 60 / roundedTo) * roundedTo;
}

function secondsOfStep(step: Step, {title, body, question = '', after = '', options}: StepText): number {
  const lines = new Set([...linesToType(body), ...(step.command ?? '').split('\n').filter(Boolean)]);
  const waits = step.milestones.map(({expect, holds = 0}) =>
    Math.max(holds, expect ? secondsOf(expect.within, 'mariadb') : 0),
  );
  return (
    [title, body, question, after, ...Object.values(options)].reduce(
      (sum, text) => sum + readingSeconds(text),
      0,
    ) +
    lines.size * secondsPerLine +
    waits.reduce((sum, wait) => sum + wait, 0)
  );
}

const codeBlock = /^```[^\n]*\n([\s\S]*?)^```/gm;

const linesToType = (text: string): string[] =>
  [...text.matchAll(codeBlock)].flatMap(([, code = '']) => code.split('\n').filter(Boolean));

const readingSeconds = (text: string): number =>
  (text.replace(codeBlock, '').split(/\s+/).filter(Boolean).length / wordsPerMinute) * 60;
