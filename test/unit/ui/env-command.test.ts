import {expect, test} from 'vitest';
import {envCommand} from '../../../src/ui/env-command.ts';

test.each([
  [undefined, 'statelab env'],
  ['/home/me/statelab/bin', '/home/me/statelab/bin/statelab env'],
  ['/my clone/bin', "'/my clone/bin/statelab' env"],
])('the command in %s, for a terminal that may not find it', (directory, said) => {
  expect(envCommand(directory === undefined ? {} : {ownDirectory: directory}, {})).toBe(said);
});

test('what the learner has allowed is allowed there too', () => {
  expect(envCommand({}, {allowNodeOperations: true})).toBe('statelab env --allow-node-operations');
});
