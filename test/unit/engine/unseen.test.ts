import {describe, expect, test} from 'vitest';
import {withoutUnseen} from '../../../src/engine/unseen.ts';
import {labOf} from '../../helpers/labs.ts';

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
