import {describe, expect, test} from 'vitest';
import {volumesInTheWay} from '../../../src/engine/volumes-in-the-way.ts';
import type {Lab} from '../../../src/lab/lab.ts';
import type {Capabilities} from '../../../src/lab/needs.ts';
import type {KubeObject} from '../../../src/world/object.ts';
import {labOf} from '../../helpers/labs.ts';
import {object} from '../../helpers/objects.ts';
import {ordinaryCluster} from '../../helpers/playing.ts';

const manual: Lab = {
  ...labOf([{id: 's', type: 'do'}]),
  manifests: {
    'pv.yaml': 'kind: PersistentVolume\nmetadata: {name: mysql-pv}',
    'pvc.yaml': 'kind: PersistentVolumeClaim\nmetadata: {name: c}\nspec: {storageClassName: my-mysql}',
    'set.yaml':
      'kind: StatefulSet\nmetadata: {name: s}\nspec: {volumeClaimTemplates: [{spec: {storageClassName: of-set}}]}',
  },
};
const byDefault = labOf([{id: 's', type: 'do', needs: {defaultClass: true}}]);

const free = (name: string, storageClassName: string, more: Partial<KubeObject> = {}): KubeObject =>
  object('persistentvolumes', name, {spec: {storageClassName}, status: {phase: 'Available'}, ...more});
const inTheWay = (volume: KubeObject, lab = manual, cluster: Capabilities = ordinaryCluster) =>
  volumesInTheWay(lab, cluster, [volume]);

describe('in the way is', () => {
  test('one that has the name of the lab’s', () => {
    expect(inTheWay(free('mysql-pv', 'other', {status: {phase: 'Bound'}}))).toEqual(['mysql-pv']);
  });
  test.each(['my-mysql', 'of-set'])('a free one of the class %s, which claims of the lab name', name => {
    expect(inTheWay(free('theirs', name))).toEqual(['theirs']);
  });
  test('a free one of the default class, where claims of the lab get it', () => {
    expect(inTheWay(free('theirs', 'local-path'), byDefault)).toEqual(['theirs']);
    expect(inTheWay(free('theirs', 'local-path'))).toEqual([]);
  });
});

describe('not in the way is', () => {
  test.each<[string, KubeObject]>([
    ['of another class', free('theirs', 'other')],
    ['without any', object('persistentvolumes', 'theirs', {status: {phase: 'Available'}})],
    ['that is bound', free('theirs', 'my-mysql', {status: {phase: 'Bound'}})],
    ['that was kept', free('theirs', 'my-mysql', {status: {phase: 'Released'}})],
    [
      'that is reserved',
      free('theirs', 'my-mysql', {spec: {storageClassName: 'my-mysql', claimRef: {name: 'x'}}}),
    ],
    [
      'of the lab’s own',
      object('persistentvolumes', 'mysql-pv', {metadata: {labels: {'statelab.dev/lab': 'test'}}}),
    ],
  ])('one %s', (_, volume) => {
    expect(inTheWay(volume)).toEqual([]);
  });
});
