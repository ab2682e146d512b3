import {expect, test} from 'vitest';
import {mentionedBy} from '../../../src/checks/select.ts';
import {type MilestoneInput, milestoneOf} from '../../helpers/judging.ts';

const exec = (command: string[]) => ({exec: {object: {kind: 'pods', name: 'db'} as const, command}});

test.each<[string, Omit<MilestoneInput, 'id'>, string[]]>([
  ['a selector', {object: {kind: 'pods', is: '$first', not: '$second'}, match: {}}, ['first', 'second']],
  ['kept', {kept: '$claim'}, ['claim']],
  ['replaced', {object: {kind: 'pods', name: 'db'}, replaced: '$old'}, ['old']],
  [
    'an expression, and not its texts and fields',
    {object: {kind: 'pods'}, match: "self.spec.nodeName == home.metadata.name && self.kind != 'stuck'"},
    ['self', 'home'],
  ],
  [
    'the command of a look',
    {probe: {look: exec(['ping', '${named.status.podIP}']), matches: 'x'}},
    ['named'],
  ],
  ['what a look is to match', {probe: {look: exec(['true']), matches: '^${named.status.podIP} '}}, ['named']],
  [
    'an answer',
    {answer: {object: {kind: 'nodes', is: '$home'}, value: 'self.metadata.name'}},
    ['home', 'self'],
  ],
])('%s', (_, milestone, names) => {
  expect([...mentionedBy(milestoneOf({id: 'm', ...milestone}))].sort()).toEqual(names.sort());
});
