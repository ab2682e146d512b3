import {expect, test} from 'vitest';
import {formatQuantity, parseQuantity, roundToMilli} from '../../../../src/sandbox/schema/quantity.ts';
import answers from './quantity.answers.json' with {type: 'json'};

/** What came back of an amount in a Pod's resources, on a real cluster: the amount as stored, or what is wrong. */
test.each(answers as [string, string][])('%j is answered with %j', (written, answer) => {
  expect(stored(written)).toBe(answer);
});

function stored(written: string): string {
  try {
    return formatQuantity(roundToMilli(parseQuantity(written.trim())));
  } catch (error) {
    return (error as Error).message;
  }
}

test('a huge exponent takes no memory', () => {
  expect(() => parseQuantity('1e999999999')).toThrow("unable to parse quantity's suffix");
});
