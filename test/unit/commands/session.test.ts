import {describe, expect, test} from 'vitest';
import type {App} from '../../../src/commands/app.ts';
import {openSession} from '../../../src/commands/session.ts';
import type {Needs} from '../../../src/lab/schema.ts';
import {machine} from '../../helpers/facts.ts';
import {labOf} from '../../helpers/labs.ts';
import {namespace, object} from '../../helpers/objects.ts';

interface SmallCluster {
  /** The namespace is there already. */
  there: boolean;
  /** It may not be deleted. */
  stays: boolean;
  hostPath: boolean;
}

/** A cluster with one node and no StorageClass, and what is done to it. */
function smallCluster({there = false, stays = false, hostPath = true}: Partial<SmallCluster> = {}) {
  const done: string[] = [];
  let exists = there;
  const cluster = {
    provider: 'sandbox',
    name: 'statelab',
    kubeconfig: '/kubeconfig',
    nodeOperations: true,
    api: {
      version: async () => 'v1.35.4',
      identity: async () => 'uid-of-kube-system',
      nodes: async () => [object('nodes', 'one')],
      storageClasses: async () => [],
      admitsHostPath: async () => hostPath,
      namespace: async (name: string) => (exists ? {metadata: {name, uid: 'uid'}} : undefined),
      ensureNamespace: async (name: string) => {
        done.push(`makes ${name}`);
        exists = true;
        return 'uid-of-namespace';
      },
      deleteNamespace: async (name: string) => {
        done.push(`deletes ${name}`);
        if (stays) throw new Error('not allowed');
        exists = false;
      },
    },
    nodes: {list: async () => [{name: 'one', role: 'server', running: true}]},
    close: async () => void done.push('closes'),
  };
  const app = {
    outside: {signal: new AbortController().signal, env: {}},
    options: {json: false, yes: false, provider: 'context', context: 'statelab'},
    journals: {read: () => [], labs: () => []},
    view: {report: () => {}, confirm: async () => true},
    commands: {kubectlVersion: async () => 'v1.35.4', checkSkew: async () => {}},
    work: {directory: () => '/work', write: () => {}},
    setNamespace: async () => {},
    inspector: async () => ({machine: async () => machine}),
    provider: async () => ({
      id: 'context',
      check: async () => {},
      list: async () => [{provider: 'context', name: 'statelab', ours: false, running: true, nodes: []}],
      connect: async () => cluster,
    }),
  } as unknown as App;
  return {app, done};
}

const labThatNeeds = (needs: Needs) =>
  labOf(
    [
      {
        id: 's',
        type: 'do',
        milestones: [
          {id: 'here', object: {kind: 'pods', name: 'p'}, match: {}},
          {id: 'elsewhere', when: {workers: 2}, object: {kind: 'pods', name: 'p'}, match: {}},
        ],
      },
    ],
    {needs},
  );

describe('a lab that needs what the cluster has not', () => {
  test.each<[Needs, string, string]>([
    [{workers: 2}, 'workers', '2'],
    [{defaultClass: true}, 'defaultClass', 'true'],
    [{bindingMode: 'Immediate', defaultClass: true}, 'defaultClass', 'true'],
  ])('%j: is refused before anything is made', async (needs, need, wanted) => {
    const {app, done} = smallCluster();
    await expect(openSession(app, labThatNeeds(needs), {create: true})).rejects.toMatchObject({
      code: 'lab-needs',
      facts: {lab: 'test', need, wanted},
      exitCode: 2,
    });
    expect(done).toEqual(['closes']);
  });
  test('that only its namespace tells: is refused, and leaves no namespace', async () => {
    const {app, done} = smallCluster({hostPath: false});
    await expect(openSession(app, labThatNeeds({hostPath: true}), {create: true})).rejects.toMatchObject({
      code: 'lab-needs',
      facts: {lab: 'test', need: 'hostPath', wanted: 'true'},
    });
    expect(done).toEqual([`makes ${namespace}`, `deletes ${namespace}`, 'closes']);
  });
  test('that is said also where the namespace may not be deleted', async () => {
    const {app} = smallCluster({hostPath: false, stays: true});
    await expect(openSession(app, labThatNeeds({hostPath: true}), {create: true})).rejects.toMatchObject({
      code: 'lab-needs',
      cause: new Error('not allowed'),
    });
  });
  test('a namespace that was there before stays', async () => {
    const {app, done} = smallCluster({there: true, hostPath: false});
    await expect(openSession(app, labThatNeeds({hostPath: true}), {create: true})).rejects.toThrow(
      'lab-needs',
    );
    expect(done).not.toContain(`deletes ${namespace}`);
  });
});

test('the lab of a session is the lab as it is on its cluster', async () => {
  const {app} = smallCluster();
  const {lab, capabilities} = await openSession(app, labThatNeeds({}), {create: true});
  expect(lab.steps[0]?.milestones.map(({id}) => id)).toEqual(['here']);
  expect(capabilities).toEqual({
    workers: 1,
    hostPath: true,
    nodeOperations: true,
    nodeChanges: true,
    persistentVolumes: true,
  });
});

test('a program in a lab may do to nodes what the learner has allowed, and no more', async () => {
  const {app} = smallCluster();
  const lab = labThatNeeds({});
  const allowing = {...app, options: {...app.options, allowNodeOperations: true}};
  const allowed = {STATELAB_ALLOW_NODE_OPERATIONS: '1'};
  expect((await openSession(allowing, lab, {create: true})).env).toMatchObject(allowed);
  expect((await openSession(app, lab, {create: true})).env).not.toMatchObject(allowed);
});
