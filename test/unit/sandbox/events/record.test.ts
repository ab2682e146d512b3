import {expect, test} from 'vitest';
import {eventTtl} from '../../../../src/sandbox/control/event-ttl.ts';
import {createRecorder} from '../../../../src/sandbox/events/record.ts';
import type {Stored} from '../../../../src/sandbox/objects.ts';
import {openCluster} from '../control/open-cluster.ts';

const kubelet = {component: 'kubelet', host: 'agent-0'};
const scheduler = {component: 'default-scheduler', host: 'server-0', action: 'Scheduling'} as const;

async function openRecorder() {
  const {registry, clock, pod, ...cluster} = await openCluster([eventTtl]);
  return {
    ...cluster,
    registry,
    clock,
    about: pod('web') as Stored,
    recorder: createRecorder(registry, clock),
    events: () => registry.list('events', 'lab'),
  };
}

test('an event tells what it is about, who saw it, and when', async () => {
  const {recorder, about, events} = await openRecorder();
  recorder.event(about, 'Normal', 'Started', 'Container started', kubelet, 'spec.containers{main}');
  expect(events()).toEqual([
    expect.objectContaining({
      metadata: expect.objectContaining({name: expect.stringMatching(/^web\.[0-9a-f]{16}$/)}),
      involvedObject: {
        apiVersion: 'v1',
        kind: 'Pod',
        namespace: 'lab',
        name: 'web',
        uid: about.metadata.uid,
        resourceVersion: about.metadata.resourceVersion,
        fieldPath: 'spec.containers{main}',
      },
      type: 'Normal',
      reason: 'Started',
      message: 'Container started',
      source: kubelet,
      reportingComponent: 'kubelet',
      reportingInstance: 'agent-0',
      firstTimestamp: '2026-11-21T12:00:00Z',
      lastTimestamp: '2026-11-21T12:00:00Z',
      count: 1,
      eventTime: null,
    }),
  ]);
});

test('the same event again is counted, another message is another event', async () => {
  const {recorder, about, events, clock} = await openRecorder();
  for (const message of ['back-off', 'back-off', 'other', 'back-off']) {
    recorder.event(about, 'Warning', 'BackOff', message, kubelet);
    await clock.advance(1000);
  }
  expect(
    events().map(({message, count, firstTimestamp, lastTimestamp}) => [
      message,
      count,
      firstTimestamp,
      lastTimestamp,
    ]),
  ).toEqual([
    ['back-off', 3, '2026-11-21T12:00:00Z', '2026-11-21T12:00:03Z'],
    ['other', 1, '2026-11-21T12:00:02Z', '2026-11-21T12:00:02Z'],
  ]);
});

test('from the tenth on, events that differ in their message only become one', async () => {
  const {recorder, about, eventsOf} = await openRecorder();
  for (let pod = 1; pod <= 12; pod++)
    recorder.event(about, 'Normal', 'SuccessfulCreate', `Created pod: web-${pod}`, kubelet);
  expect(eventsOf('web')).toHaveLength(10);
  expect(eventsOf('web').at(-1)).toBe(
    'SuccessfulCreate ×3: (combined from similar events): Created pod: web-12',
  );
});

test('an event about what is in no namespace is in default', async () => {
  const {recorder, registry, node} = await openRecorder();
  recorder.event(node('agent-9') as Stored, 'Normal', 'Starting', 'Starting kubelet.', kubelet);
  expect(registry.list('events', 'default')).toHaveLength(1);
});

test("the scheduler's events have a time and a series", async () => {
  const {recorder, about, events, clock} = await openRecorder();
  recorder.event(about, 'Warning', 'FailedScheduling', 'no node', scheduler);
  expect(events()).toMatchObject([
    {
      action: 'Scheduling',
      eventTime: '2026-11-21T12:00:00.000000Z',
      firstTimestamp: null,
      source: {},
      reportingComponent: 'default-scheduler',
      reportingInstance: 'default-scheduler-server-0',
    },
  ]);
  await clock.advance(1000);
  recorder.event(about, 'Warning', 'FailedScheduling', 'no node', scheduler);
  expect(events()).toMatchObject([{series: {count: 2, lastObservedTime: '2026-11-21T12:00:01.000000Z'}}]);
});

test('events are gone an hour after they were seen last, and then begin anew', async () => {
  const {recorder, about, events, clock} = await openRecorder();
  const tell = () => recorder.event(about, 'Warning', 'BackOff', 'back-off', kubelet);
  tell();
  await clock.advance(3_000_000);
  tell();
  await clock.advance(3_000_000);
  expect(events()).toMatchObject([{count: 2}]);
  await clock.advance(600_000);
  expect(events()).toEqual([]);
  tell();
  expect(events()).toHaveLength(1);
});

test('a namespace that is going away takes no event, and nobody minds', async () => {
  const {recorder, about, events, registry} = await openRecorder();
  registry.delete('namespaces', undefined, 'lab');
  recorder.event(about, 'Normal', 'Killing', 'Stopping container main', kubelet);
  expect(events()).toEqual([]);
});
