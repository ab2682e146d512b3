import {describe, expect, test} from 'vitest';
import type {SkipReason} from '../../../src/engine/events.ts';
import {labOn, whySkipped} from '../../../src/engine/needs.ts';
import type {Capabilities} from '../../../src/lab/needs.ts';
import type {Needs} from '../../../src/lab/schema.ts';
import {labOf} from '../../helpers/labs.ts';
import {ordinaryCluster} from '../../helpers/playing.ts';

const bare: Capabilities = {
  workers: 1,
  hostPath: false,
  nodeOperations: false,
  nodeChanges: false,
  persistentVolumes: false,
  unseen: ['storageclasses.storage.k8s.io'],
};

describe('whySkipped', () => {
  test.each<[Needs, SkipReason]>([
    [{workers: 2}, 'needs-workers'],
    [{hostPath: true}, 'needs-host-path'],
    [{sharedDirectory: true}, 'needs-shared-directory'],
    [{nodeOperations: true}, 'needs-node-operations'],
    [{nodeChanges: true}, 'needs-node-changes'],
    [{persistentVolumes: true}, 'needs-persistent-volumes'],
    [{storageClasses: true}, 'needs-storage-classes'],
    [{defaultClass: true}, 'needs-default-class'],
    [{bindingMode: 'WaitForFirstConsumer'}, 'needs-default-class'],
    [{volumes: 'pinned'}, 'needs-default-class'],
  ])('%j: met by a cluster that has it all, not by one that has nothing', (needs, why) => {
    expect(whySkipped({needs}, ordinaryCluster)).toBeUndefined();
    expect(whySkipped({needs}, bare)).toBe(why);
  });
  test.each<[Needs, SkipReason]>([
    [{bindingMode: 'Immediate'}, 'needs-binding-mode'],
    [{volumes: 'empty'}, 'needs-volumes'],
    [{workers: 3, volumes: 'follows'}, 'needs-workers'],
  ])('%j: not by one that has another', (needs, why) => {
    expect(whySkipped({needs}, ordinaryCluster)).toBe(why);
  });
  test.each([
    ['unasked', 'needs-consent'],
    ['forbidden', 'needs-rights'],
  ] as const)('what is %s is told from what the cluster cannot do', (withheld, why) => {
    const cluster = {...bare, withheld: {nodeChanges: withheld}};
    expect(whySkipped({needs: {nodeChanges: true}}, cluster)).toBe(why);
    expect(whySkipped({needs: {persistentVolumes: true}}, cluster)).toBe('needs-persistent-volumes');
  });
  test('a step about what may not be looked at', () => {
    expect(whySkipped({unseen: true}, ordinaryCluster)).toBe('needs-rights');
  });
  test('a step without needs runs everywhere', () => {
    expect(whySkipped({}, bare)).toBeUndefined();
  });
});

test('labOn: milestones that count only on other clusters are left out', () => {
  const pods = {kind: 'pods', labels: 'app=db'} as const;
  const lab = labOf([
    {
      id: 'move',
      type: 'do',
      milestones: [
        {id: 'stays', when: {volumes: 'pinned'}, object: pods, match: {}},
        {id: 'moves', when: {volumes: 'empty'}, object: pods, match: {}},
        {id: 'runs', object: pods, match: {}},
      ],
    },
  ]);
  const ids = (cluster: Capabilities) => labOn(lab, cluster).steps[0]?.milestones.map(({id}) => id);
  expect(ids(ordinaryCluster)).toEqual(['stays', 'runs']);
  expect(ids(bare)).toEqual(['runs']);
});
