import {describe, expect, test} from 'vitest';
import {getLab} from '../../../src/lab/catalog.ts';
import type {KubeObject} from '../../../src/world/object.ts';
import {labOf} from '../../helpers/labs.ts';
import {deployment, pod} from '../../helpers/objects.ts';
import {Play} from '../../helpers/playing.ts';
import {deleted, put} from '../../helpers/script.ts';

describe('recreate', () => {
  const step = getLab('hostpath-deployment').steps.find(({id}) => id === 'recreate');
  const of = (hash: string) => ({app: 'mariadb', 'pod-template-hash': hash});
  const rolledOut = (type: string, count: number): KubeObject =>
    deployment('mariadb', count, {
      spec: {replicas: count, strategy: {type}},
      status: {replicas: count, updatedReplicas: count, readyReplicas: count},
    });
  const changing = deployment('mariadb', 1, {
    spec: {replicas: 1, strategy: {type: 'Recreate'}},
    status: {replicas: 0},
  });
  const old = (name: string, is: object = {}) => pod(name, {labels: of('old'), ...is});
  const started = () => {
    const play = Play.started(labOf(step ? [step] : []), {
      there: [put(rolledOut('RollingUpdate', 2)), put(old('a')), put(old('b'))],
    });
    // The manifest with Recreate: its Pod is there while one of the old ones is still ending.
    play.at(
      1,
      put(changing),
      put(old('a', {deleting: true})),
      put(old('b', {deleting: true})),
      deleted(pod('a')),
    );
    play.at(2, put(pod('applied', {labels: of('applied')})), put(rolledOut('Recreate', 1)));
    return play;
  };

  test('the manifest alone is no restart', () => {
    const play = started();
    play.at(3, put(old('b', {deleting: true, phase: 'Succeeded'})), deleted(pod('b')));
    expect([play.verdict, play.run.judgement?.waitingFor]).toEqual(['off-track', 'new-pod']);
  });

  test('a restart that follows while an old Pod is still ending counts', () => {
    const play = started();
    play.at(3, put(changing), put(pod('applied', {labels: of('applied'), deleting: true})));
    play.at(4, deleted(pod('b')), deleted(pod('applied')));
    play.at(5, put(pod('restarted', {labels: of('restarted')})), put(rolledOut('Recreate', 1)));
    expect(play.run.step).toBeUndefined();
  });

  test('a restart before the strategy is set does not', () => {
    const play = Play.started(labOf(step ? [step] : []), {
      there: [put(rolledOut('RollingUpdate', 1)), put(old('a'))],
    });
    play.at(1, put(pod('new', {labels: of('new')})), deleted(pod('a')));
    expect([play.verdict, play.run.judgement?.waitingFor]).toEqual(['off-track', 'strategy']);
  });
});
