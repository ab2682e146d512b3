import {describe, expect, test} from 'vitest';
import type {App} from '../../../src/commands/app.ts';
import {restoreLab} from '../../../src/commands/restore-lab.ts';
import type {Report, Task} from '../../../src/commands/view.ts';
import type {Cluster} from '../../../src/engine/ports.ts';
import {ExpectedError} from '../../../src/errors.ts';
import {labOf} from '../../helpers/labs.ts';
import {object} from '../../helpers/objects.ts';

const lab = labOf([{id: 's', type: 'do'}]);
const baseline = {nodes: [{name: 'n1', schedulable: true, labels: {}, taints: [], running: true}]};
const forbidden = (resource: string) =>
  new ExpectedError('forbidden', {verb: 'patch', resource, detail: 'no'});

/** A cluster of one node that was stopped while it was cordoned and had files of the lab. */
function brokenCluster(refuses: {uncordon?: Error; volumes?: boolean} = {}) {
  const node = {running: false, cordoned: true, files: true};
  const done: string[] = [];
  const cluster = {
    provider: 'k3d',
    name: 'c',
    kubeconfig: '/k/config',
    api: {
      nodes: async () => [
        object('nodes', 'n1', {
          spec: node.cordoned ? {unschedulable: true} : {},
          status: {conditions: [{type: 'Ready', status: node.running ? 'True' : 'Unknown'}]},
        }),
      ],
      namespace: async () => undefined,
      persistentVolumes: async () => {
        if (refuses.volumes) throw forbidden('persistentvolumes');
        return [];
      },
      nodeReady: async () => {},
      setSchedulable: async () => {
        done.push('uncordon');
        if (refuses.uncordon) throw refuses.uncordon;
        node.cordoned = false;
      },
    },
    nodes: {
      list: async () => [{name: 'n1', role: 'agent', running: node.running}],
      start: async () => {
        done.push('start');
        node.running = true;
      },
      removeDirectory: async () => {
        done.push('remove');
        node.files = false;
      },
    },
    probes: {look: async () => ({object: 'n1', ok: node.files, text: ''})},
  } as unknown as Cluster;
  const reports: Report[] = [];
  const app = {
    outside: {signal: new AbortController().signal},
    view: {
      task: (_task: Task, run: () => Promise<unknown>) => run(),
      report: (report: Report) => void reports.push(report),
    },
  } as unknown as App;
  const known = {baseline, standing: [], volumes: []};
  return {done, reports, restore: () => restoreLab({app, lab, cluster, known, scope: 'lab'})};
}

describe('restoring a lab', () => {
  test('finds what was left on a node only when the node is back', async () => {
    const {done, reports, restore} = brokenCluster();
    await restore();
    expect(done).toEqual(['start', 'uncordon', 'remove']);
    expect(reports).toMatchObject([
      {type: 'audit', scope: 'lab', looked: {nodes: 1, directories: 1}, left: []},
    ]);
  });
  test.each([
    forbidden('nodes'),
    new ExpectedError('cluster-failed', {cluster: 'c', doing: 'start node n1', detail: 'no'}),
  ])('tells once what is refused or fails, does the rest, and does not call it restored', async error => {
    const {done, reports, restore} = brokenCluster({uncordon: error});
    await expect(restore()).rejects.toMatchObject({
      code: 'reset-incomplete',
      facts: {left: ['node n1 (uncordon)'], mend: ['kubectl --kubeconfig /k/config uncordon n1']},
    });
    expect(done).toEqual(['start', 'uncordon', 'remove']);
    expect(reports).toMatchObject([
      {type: 'restore-refused', undo: {type: 'uncordon', node: 'n1'}, error},
      {type: 'audit', left: [{type: 'uncordon', node: 'n1'}]},
    ]);
  });
  test('does the rest also where there is a bug of ours, and then tells of that', async () => {
    const bug = new TypeError('of ours');
    const {done, restore} = brokenCluster({uncordon: bug});
    await expect(restore()).rejects.toBe(bug);
    expect(done).toEqual(['start', 'uncordon', 'remove']);
  });
  test('tells what may not be looked at, and is done with the rest', async () => {
    const {reports, restore} = brokenCluster({volumes: true});
    await restore();
    expect(reports).toMatchObject([
      {type: 'restore-unseen', what: 'persistentvolumes'},
      {type: 'audit', unseen: ['persistentvolumes'], left: []},
    ]);
  });
});
