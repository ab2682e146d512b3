import {expect, test} from 'vitest';
import {garbageCollector} from '../../../../../src/sandbox/control/garbage/garbage-collector.ts';
import {jobs} from '../../../../../src/sandbox/control/job/jobs.ts';
import {jobTimeToLive} from '../../../../../src/sandbox/control/job/time-to-live.ts';
import {timestamp} from '../../../../../src/sandbox/timestamps.ts';
import {openCluster} from '../open-cluster.ts';
import {standInKubelet} from '../stand-in-kubelet.ts';

async function openJob(spec: object = {}) {
  const cluster = await openCluster([jobs, jobTimeToLive, garbageCollector, standInKubelet()]);
  const {registry, clock} = cluster;
  registry.create('jobs.batch', {
    metadata: {namespace: 'lab', name: 'work'},
    spec: {
      template: {spec: {restartPolicy: 'Never', containers: [{name: 'a', image: 'a:1'}]}},
      ...spec,
    },
  });
  const active = () => registry.list('pods', 'lab').filter(({status}) => status?.phase === 'Running');
  return {
    ...cluster,
    active,
    pods: () => registry.list('pods', 'lab'),
    job: () => registry.get('jobs.batch', 'lab', 'work'),
    conditions: () =>
      registry
        .get('jobs.batch', 'lab', 'work')
        ?.status?.conditions?.map(({type, reason}) => `${type} ${reason}`),
    end: (phase: 'Succeeded' | 'Failed') => {
      const [pod] = active();
      if (!pod) throw new Error('no Pod runs');
      registry.change(
        'pods',
        pod,
        draft => {
          const finishedAt = timestamp(clock.now());
          const exitCode = phase === 'Failed' ? 1 : 0;
          const state = {terminated: {exitCode, finishedAt}};
          const status = {name: 'a', ready: false, restartCount: 0, image: '', imageID: '', state};
          draft.status = {...draft.status, phase, conditions: [], containerStatuses: [status]};
        },
        {subresource: 'status'},
      );
    },
  };
}

test('runs Pods until enough have succeeded, as many at a time as it may', async () => {
  const {clock, active, end, job, conditions, pods, eventsOf} = await openJob({
    completions: 3,
    parallelism: 2,
  });
  await clock.advance(5000);
  expect(active()).toHaveLength(2);
  expect(job()?.status).toMatchObject({active: 2, ready: 2, terminating: 0, uncountedTerminatedPods: {}});
  end('Succeeded');
  await clock.advance(5000);
  expect(active()).toHaveLength(2);
  end('Succeeded');
  end('Succeeded');
  await clock.advance(5000);
  expect(job()?.status).toMatchObject({succeeded: 3, ready: 0, completionTime: '2026-11-21T12:00:10Z'});
  expect(job()?.status).not.toHaveProperty('active');
  expect(conditions()).toEqual(['SuccessCriteriaMet CompletionsReached', 'Complete CompletionsReached']);
  expect(pods().every(({metadata}) => !metadata.finalizers?.length)).toBe(true);
  expect(eventsOf('work').at(-1)).toBe('Completed ×1: Job completed');
});

test('a failed Pod is replaced after 10 s, the next after 20 s, until the limit is passed', async () => {
  const {clock, active, end, job, conditions, eventsOf} = await openJob({backoffLimit: 2});
  await clock.advance(5000);
  end('Failed');
  await clock.advance(9000);
  expect(active()).toHaveLength(0);
  await clock.advance(3000);
  expect(active()).toHaveLength(1);
  end('Failed');
  await clock.advance(19_000);
  expect(active()).toHaveLength(0);
  await clock.advance(3000);
  end('Failed');
  await clock.advance(1000);
  expect(job()?.status).toMatchObject({failed: 3});
  expect(conditions()).toEqual(['FailureTarget BackoffLimitExceeded', 'Failed BackoffLimitExceeded']);
  expect(eventsOf('work').at(-1)).toBe(
    'BackoffLimitExceeded ×1: Job has reached the specified backoff limit',
  );
});

test('a Job that takes too long is ended, and has failed when its last Pod is gone', async () => {
  const {clock, conditions, pods, job} = await openJob({activeDeadlineSeconds: 10});
  await clock.advance(10_100);
  expect(conditions()).toEqual(['FailureTarget DeadlineExceeded']);
  expect(job()?.status).toMatchObject({failed: 1, terminating: 1});
  await clock.advance(2000);
  expect(pods()).toEqual([]);
  expect(conditions()).toEqual(['FailureTarget DeadlineExceeded', 'Failed DeadlineExceeded']);
});

test('suspended, it has no Pods; resumed, it starts', async () => {
  const {registry, clock, pods, conditions, job} = await openJob({suspend: true});
  await clock.advance(5000);
  expect([pods(), conditions(), job()?.status?.startTime]).toEqual([
    [],
    ['Suspended JobSuspended'],
    undefined,
  ]);
  registry.change('jobs.batch', {namespace: 'lab', name: 'work'}, ({spec}) => {
    Object.assign(spec ?? {}, {suspend: false});
  });
  await clock.advance(5000);
  expect([pods().length, conditions(), job()?.status?.startTime]).toEqual([
    1,
    ['Suspended JobResumed'],
    '2026-11-21T12:00:05Z',
  ]);
});

test('ttlSecondsAfterFinished after its end it is gone, with its Pods', async () => {
  const {clock, end, job, pods} = await openJob({ttlSecondsAfterFinished: 60});
  await clock.advance(5000);
  end('Succeeded');
  await clock.advance(59_000);
  expect(job()).toBeDefined();
  await clock.advance(5000);
  expect([job(), pods()]).toEqual([undefined, []]);
});
