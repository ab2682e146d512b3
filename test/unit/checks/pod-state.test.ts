import {describe, expect, test} from 'vitest';
import {podStatus, podSummary} from '../../../src/checks/pod-state.ts';
import {exited, pod, waiting} from '../../helpers/objects.ts';

describe('podStatus: what kubectl get pods shows', () => {
  test.each([
    ['Running', pod('a', {container: {state: {running: {}}}})],
    ['Pending', pod('a', {phase: 'Pending'})],
    ['ContainerCreating', pod('a', {phase: 'Pending', container: waiting('ContainerCreating')})],
    ['CrashLoopBackOff', pod('a', {container: {...waiting('CrashLoopBackOff'), lastState: exited(1).state}})],
    ['Error', pod('a', {container: exited(1)})],
    ['Completed', pod('a', {phase: 'Succeeded', container: exited(0)})],
    ['Terminating', pod('a', {deleting: true, container: exited(1)})],
  ])('%s', (status, found) => {
    expect(podStatus(found)).toBe(status);
  });
});

describe('podSummary', () => {
  test('ready, restarts, node', () => {
    expect(podSummary(pod('a', {node: 'n1', container: {state: {running: {}}, restartCount: 2}}))).toEqual({
      pod: 'a',
      status: 'Running',
      ready: true,
      restarts: 2,
      node: 'n1',
    });
  });
  test('the exit code of a container that ended with an error, also while it waits for its next try', () => {
    expect(podSummary(pod('a', {container: exited(137)})).exitCode).toBe(137);
    const backOff = {...waiting('CrashLoopBackOff'), lastState: exited(1).state};
    expect(podSummary(pod('a', {container: backOff})).exitCode).toBe(1);
    const again = {state: {running: {}}, lastState: exited(1).state};
    expect(podSummary(pod('a', {container: again}))).not.toHaveProperty('exitCode');
    expect(podSummary(pod('a', {container: exited(0)}))).not.toHaveProperty('exitCode');
  });
});
