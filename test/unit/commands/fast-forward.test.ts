import {describe, expect, test} from 'vitest';
import {stepsToRepeat} from '../../../src/commands/fast-forward.ts';
import {getLab} from '../../../src/lab/catalog.ts';
import {labOf} from '../../helpers/labs.ts';
import {ordinaryCluster} from '../../helpers/playing.ts';

const idsBefore = (lab: Parameters<typeof stepsToRepeat>[0], target: string) =>
  stepsToRepeat(lab, target, ordinaryCluster).map(({id}) => id);

describe('stepsToRepeat', () => {
  const lab = labOf([
    {id: 'apply', type: 'do'},
    {id: 'guess', type: 'predict', options: ['a', 'b'], right: 'a'},
    {id: 'scale', type: 'do', undoneBy: 'back'},
    {id: 'find', type: 'find'},
    {id: 'back', type: 'do'},
    {id: 'watch', type: 'look'},
    {id: 'delete', type: 'do'},
  ]);
  test('nothing before the first', () => {
    expect(idsBefore(lab, 'apply')).toEqual([]);
  });
  test('only steps that leave something behind', () => {
    expect(idsBefore(lab, 'scale')).toEqual(['apply']);
  });
  test('also a question that finds out what later steps speak of', () => {
    const takeover = getLab('takeover');
    expect(idsBefore(takeover, 'cordon')).toEqual(['apply', 'rows', 'node']);
    expect(idsBefore(takeover, 'budget')).toContain('predict-budget');
  });
  test('one that is undone later, as long as that has not come', () => {
    expect(idsBefore(lab, 'find')).toEqual(['apply', 'scale']);
    expect(idsBefore(lab, 'back')).toEqual(['apply', 'scale']);
  });
  test('neither of both once it has', () => {
    expect(idsBefore(lab, 'watch')).toEqual(['apply']);
    expect(idsBefore(lab, 'delete')).toEqual(['apply']);
  });
  test('not what the cluster cannot do', () => {
    const wide = labOf([
      {id: 'wide', type: 'do', needs: {workers: 3}},
      {id: 'apply', type: 'do'},
      {id: 'end', type: 'do'},
    ]);
    expect(idsBefore(wide, 'end')).toEqual(['apply']);
  });
  test('in the lab that comes with statelab', () => {
    const hostPath = getLab('hostpath-deployment');
    expect(idsBefore(hostPath, 'locked-file')).toEqual(['apply', 'scale']);
    expect(idsBefore(hostPath, 'two-nodes')).toEqual(['apply']);
    expect(idsBefore(hostPath, 'delete')).toEqual(['apply', 'two-nodes', 'recreate']);
  });
});
