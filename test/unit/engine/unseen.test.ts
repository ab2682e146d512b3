import {describe, expect, test} from 'vitest';
import {labOn, whySkipped} from '../../../src/engine/needs.ts';
import {withoutUnseen} from '../../../src/engine/unseen.ts';
import {getLab, labIds} from '../../../src/lab/catalog.ts';
import type {Lab} from '../../../src/lab/lab.ts';
import type {Capabilities} from '../../../src/lab/needs.ts';
import {placeholdersOf} from '../../../src/lab/variables.ts';
import {labOf} from '../../helpers/labs.ts';
import {ordinaryCluster} from '../../helpers/playing.ts';

const {steps} = labOf([
  {
    id: 'bound',
    type: 'do',
    command: 'kubectl apply -f claim.yaml',
    milestones: [
      {id: 'claim', object: {kind: 'persistentvolumeclaims', name: 'c'}, match: {}, remember: 'claim'},
      {id: 'volume', object: {kind: 'persistentvolumes'}, match: {}, remember: 'volume'},
      {id: 'same', object: {kind: 'pods'}, match: 'self.spec.volume == volume.metadata.name'},
      {id: 'claimed', object: {kind: 'pods'}, match: 'self.spec.claim == claim.metadata.name'},
    ],
  },
  {
    id: 'which',
    type: 'find',
    milestones: [{id: 'name', answer: {object: {kind: 'persistentvolumes', is: '$volume'}, value: 'self.x'}}],
  },
  {
    id: 'patched',
    type: 'do',
    command: "kubectl patch pv ${volume.metadata.name} -p '{}'",
    milestones: [{id: 'pod', object: {kind: 'pods'}, match: {}, remember: 'pod'}],
  },
  {
    id: 'after',
    type: 'do',
    command: 'kubectl delete pod p',
    milestones: [
      {id: 'gone', object: {kind: 'pods', is: '$pod'}, gone: true},
      {id: 'kept', kept: '$claim'},
    ],
  },
  {id: 'guess', type: 'predict', options: ['a', 'b'], right: 'a'},
]);

describe('where PersistentVolumes may not be looked at', () => {
  const left = withoutUnseen(steps, ['persistentvolumes']);
  const milestones = Object.fromEntries(left.map(step => [step.id, step.milestones.map(({id}) => id)]));

  test('milestones about them go, with those that build on what they remembered', () => {
    expect(milestones.bound).toEqual(['claim', 'claimed']);
  });
  test('so do those that build on a step that goes', () => {
    expect(milestones.after).toEqual(['kept']);
  });
  test('steps go that ask for one or whose command names one', () => {
    expect(left.filter(({unseen}) => unseen).map(({id}) => id)).toEqual(['which', 'patched']);
  });
});

test('where all may be looked at nothing goes', () => {
  expect(withoutUnseen(steps, [])).toEqual(steps);
});

test.each(labIds())('%s says nothing of what may not be looked at, to those who see the classes', id => {
  const guest: Capabilities = {
    ...ordinaryCluster,
    persistentVolumes: false,
    nodeChanges: false,
    nodeOperations: false,
    unseen: ['persistentvolumes'],
  };
  const lab = getLab(id);
  const there = labOn(lab, guest).steps.filter(step => !whySkipped(step, guest));
  const remembers = ({milestones}: Pick<Lab['steps'][number], 'milestones'>) =>
    milestones.flatMap(({remember = []}) => remember);
  const kept = new Set(there.flatMap(remembers));
  const lost = lab.steps.flatMap(remembers).filter(name => !kept.has(name));
  const said = Object.values(lab.texts).flatMap(({steps: texts}) =>
    there.map(({id}) => {
      const {title, body, hints, question = '', after = ''} = texts[id] ?? {title: '', body: '', hints: []};
      return [title, body, ...hints, question, after].join('\n');
    }),
  );
  const names = said.flatMap(placeholdersOf).map(name => name.split('.')[0] ?? '');
  expect(names.filter(name => lost.includes(name))).toEqual([]);
});
