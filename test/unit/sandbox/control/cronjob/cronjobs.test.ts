import {expect, test} from 'vitest';
import {cronJobs} from '../../../../../src/sandbox/control/cronjob/cronjobs.ts';
import type {Of} from '../../../../../src/sandbox/objects.ts';
import {timestamp} from '../../../../../src/sandbox/timestamps.ts';
import {openCluster} from '../open-cluster.ts';

async function openTick(spec: object = {}) {
  const cluster = await openCluster([cronJobs]);
  const {registry, clock} = cluster;
  const create = () =>
    registry.create('cronjobs.batch', {
      metadata: {namespace: 'lab', name: 'tick'},
      spec: {
        schedule: '* * * * *',
        jobTemplate: {
          spec: {
            template: {spec: {restartPolicy: 'Never', containers: [{name: 'a', image: 'a:1'}]}},
          },
        },
        ...spec,
      },
    });
  return {
    ...cluster,
    create,
    jobs: () => registry.list('jobs.batch', 'lab'),
    status: () => registry.get('cronjobs.batch', 'lab', 'tick')?.status,
    complete: (job: Of<'jobs.batch'> | undefined) =>
      job &&
      registry.change(
        'jobs.batch',
        job,
        ({status = {}}) => {
          status.conditions = [{type: 'Complete', status: 'True'}];
          status.completionTime = timestamp(clock.now());
        },
        {subresource: 'status'},
      ),
  };
}

test('starts a Job a minute, named for the minute, and keeps the last three', async () => {
  const {clock, create, jobs, complete, status, eventsOf} = await openTick();
  create();
  await clock.advance(59_000);
  expect(jobs()).toEqual([]);
  await clock.advance(1000);
  const minute = Math.floor(clock.now() / 60_000);
  expect(jobs()[0]?.metadata).toMatchObject({
    name: `tick-${minute}`,
    annotations: {'batch.kubernetes.io/cronjob-scheduled-timestamp': '2026-11-21T12:01:00Z'},
    ownerReferences: [{kind: 'CronJob', name: 'tick'}],
  });
  expect(status()).toMatchObject({
    lastScheduleTime: '2026-11-21T12:01:00Z',
    active: [{name: `tick-${minute}`}],
  });
  for (let done = 0; done < 4; done++) {
    complete(jobs().at(-1));
    await clock.advance(60_000);
  }
  expect(jobs()).toHaveLength(4);
  expect(status()).toMatchObject({lastSuccessfulTime: '2026-11-21T12:04:00Z'});
  expect(eventsOf('tick').slice(0, 2)).toEqual([
    `SuccessfulCreate ×1: Created job tick-${minute}`,
    `SawCompletedJob ×1: Saw completed job: tick-${minute}, condition: Complete`,
  ]);
});

test('says of a Job that somebody else made in its name that it is not expected', async () => {
  const {clock, create, registry, eventsOf} = await openTick();
  create();
  await clock.advance(1000);
  const {uid = ''} = registry.get('cronjobs.batch', 'lab', 'tick')?.metadata ?? {};
  registry.create('jobs.batch', {
    metadata: {
      namespace: 'lab',
      name: 'now',
      ownerReferences: [{apiVersion: 'batch/v1', kind: 'CronJob', name: 'tick', uid, controller: true}],
    },
    spec: {template: {spec: {restartPolicy: 'Never', containers: [{name: 'a', image: 'a:1'}]}}},
  });
  await clock.advance(1000);
  expect(eventsOf('tick')).toEqual([
    'UnexpectedJob ×1: Saw a job that the controller did not create or forgot: now',
  ]);
});

test('Forbid waits for the Job that runs; Replace puts the new one in its place', async () => {
  const forbidding = await openTick({concurrencyPolicy: 'Forbid'});
  forbidding.create();
  await forbidding.clock.advance(180_000);
  expect(forbidding.jobs()).toHaveLength(1);
  expect(forbidding.eventsOf('tick').at(-1)).toContain('JobAlreadyActive');
  const replacing = await openTick({concurrencyPolicy: 'Replace'});
  replacing.create();
  await replacing.clock.advance(60_000);
  const first = replacing.jobs()[0]?.metadata.name;
  await replacing.clock.advance(60_000);
  expect(replacing.jobs().map(({metadata}) => metadata.name)).not.toContain(first);
  expect(replacing.jobs()).toHaveLength(1);
});

test('of many times that were missed, only the last is made up for', async () => {
  const {registry, clock, create, jobs} = await openTick({suspend: true});
  create();
  await clock.advance(3 * 86_400_000 + 30_000);
  registry.change('cronjobs.batch', {namespace: 'lab', name: 'tick'}, ({spec}) => {
    Object.assign(spec ?? {}, {suspend: false});
  });
  await clock.advance(100);
  expect(jobs().map(({metadata}) => metadata.name)).toEqual([`tick-${Math.floor(clock.now() / 60_000)}`]);
});
