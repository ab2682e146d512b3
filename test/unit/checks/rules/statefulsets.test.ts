import {describe, expect, test} from 'vitest';
import type {KubeObject} from '../../../../src/world/object.ts';
import {judgementOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {object, pod} from '../../../helpers/objects.ts';
import {deleted, put, type Script} from '../../../helpers/script.ts';

const owner = [{kind: 'StatefulSet', name: 'db', uid: 'uid-db'}];

interface SetIs {
  replicas?: number;
  updateStrategy?: object;
  policy?: object;
  revision?: string;
  template?: object;
  labels?: Record<string, string>;
}
const set = ({replicas = 2, revision = 'new', ...is}: SetIs = {}): KubeObject =>
  object('statefulsets.apps', 'db', {
    metadata: is.labels ? {labels: is.labels} : {},
    spec: {
      replicas,
      template: is.template ?? {metadata: {labels: {app: 'db'}}},
      volumeClaimTemplates: [{metadata: {name: 'data'}}],
      ...(is.updateStrategy ? {updateStrategy: is.updateStrategy} : {}),
      ...(is.policy ? {persistentVolumeClaimRetentionPolicy: is.policy} : {}),
    },
    status: {updateRevision: revision},
  });
const member = (
  name: string,
  {revision = 'old', owned = true, labels = {}}: {revision?: string; owned?: boolean; labels?: object} = {},
): KubeObject => {
  const made = pod(name, {labels: {app: 'db', 'controller-revision-hash': revision, ...labels}});
  return owned ? {...made, metadata: {...made.metadata, ownerReferences: owner}} : made;
};
const saidOf = (milestone: MilestoneInput, script: Script, since = 1) =>
  judgementOf({milestones: [milestone], script, since}).diagnosis;

describe('an update that reaches not all Pods', () => {
  const allNew: MilestoneInput = {
    id: 'm',
    object: {kind: 'pods', name: 'db-0'},
    match: {metadata: {labels: {'controller-revision-hash': 'new'}}},
  };
  const pods = [put(member('db-0')), put(member('db-1', {revision: 'new'}))] as const;

  test('because of OnDelete', () => {
    const script: Script = [[1, put(set({updateStrategy: {type: 'OnDelete'}})), ...pods]];
    expect(saidOf(allNew, script)).toMatchObject({
      code: 'update-held',
      facts: {pods: ['db-0']},
      object: {kind: 'statefulsets.apps', name: 'db'},
      path: 'spec.updateStrategy.type',
      verdict: 'off-track',
    });
  });
  test('because of a partition', () => {
    const held = {type: 'RollingUpdate', rollingUpdate: {partition: 1}};
    expect(saidOf(allNew, [[1, put(set({updateStrategy: held})), ...pods]])).toMatchObject({
      code: 'update-held',
      facts: {pods: ['db-0'], partition: 1},
      path: 'spec.updateStrategy.rollingUpdate.partition',
    });
  });
  test('is only slow when nothing holds it', () => {
    const rolling = {type: 'RollingUpdate', rollingUpdate: {partition: 0}};
    expect(saidOf(allNew, [[1, put(set({updateStrategy: rolling})), ...pods]])?.code).not.toBe('update-held');
  });
});

describe('a Pod that stays', () => {
  const gone: MilestoneInput = {id: 'm', object: {kind: 'pods', labels: 'app=db'}, gone: true};

  test('because its owner was deleted without it', () => {
    const script: Script = [
      [1, put(set()), put(member('db-0'))],
      [2, put(member('db-0', {owned: false})), deleted(set())],
    ];
    expect(saidOf(gone, script)).toMatchObject({
      code: 'orphaned',
      facts: {owner: 'StatefulSet db'},
      object: {name: 'db-0'},
      verdict: 'off-track',
    });
  });
  test('though it never had an owner', () => {
    expect(saidOf(gone, [[1, put(member('db-0', {owned: false}))]])?.code).not.toBe('orphaned');
  });
});

describe('a StatefulSet that is to go, and has other Pods than before', () => {
  const gone: MilestoneInput = {id: 'm', object: {kind: 'statefulsets.apps', name: 'db'}, gone: true};
  const again = (replicas: number): Script => [
    [1, put(set()), put(member('db-0'))],
    [2, put(set({replicas})), deleted(member('db-0'))],
    [3, put(set()), put({...member('db-0'), metadata: {...member('db-0').metadata, uid: 'uid-again'}})],
  ];
  test('because they were deleted', () => {
    expect(saidOf(gone, again(2))).toMatchObject({code: 'made-again', facts: {owner: 'StatefulSet db'}});
  });
  test('because it was scaled, which is no Pod’s fault', () => {
    expect(saidOf(gone, again(0))?.code).not.toBe('made-again');
  });
  test('because one was deleted after the scaling', () => {
    const third = put({...member('db-0'), metadata: {...member('db-0').metadata, uid: 'uid-third'}});
    const second = {...member('db-0'), metadata: {...member('db-0').metadata, uid: 'uid-again'}};
    expect(saidOf(gone, [...again(0), [4, deleted(second)], [5, third]])?.code).toBe('made-again');
  });
});

describe('a change beside the template', () => {
  const changed: MilestoneInput = {
    id: 'm',
    object: {kind: 'statefulsets.apps', name: 'db'},
    match: "self.status.updateRevision != 'new'",
    waits: 'learner',
  };
  const before = [1, put(set({labels: {a: 'b'}})), put(member('db-0'))] as const;

  test('of the workload’s own labels', () => {
    expect(saidOf(changed, [before, [2, put(set({labels: {a: 'c'}}))]])).toMatchObject({
      code: 'outside-template',
      facts: {what: 'labels', workload: 'StatefulSet db'},
      object: {kind: 'statefulsets.apps', name: 'db'},
      path: 'metadata.labels',
      verdict: 'off-track',
    });
  });
  test('of a Pod’s labels', () => {
    const script: Script = [before, [2, put(member('db-0', {labels: {tier: 'x'}}))]];
    expect(saidOf(changed, script)).toMatchObject({
      code: 'outside-template',
      object: {kind: 'pods', name: 'db-0'},
    });
  });
  test('of the labels of a Pod that was made in this step', () => {
    const again = (labels: object) => {
      const made = member('db-0', {labels});
      return put({...made, metadata: {...made.metadata, uid: 'uid-again'}});
    };
    const script: Script = [before, [2, deleted(member('db-0')), again({})], [3, again({tier: 'x'})]];
    expect(saidOf(changed, script)?.code).toBe('outside-template');
    expect(saidOf(changed, script.slice(0, 2))?.code).not.toBe('outside-template');
  });
  test.each([
    ['taken back', [before, [2, put(set({labels: {a: 'c'}}))], [3, put(set({labels: {a: 'b'}}))]]],
    ['together with the template', [before, [2, put(set({labels: {a: 'c'}, template: {spec: {}}}))]]],
    ['not made', [before]],
  ] satisfies [string, Script][])('is no news when %s', (_, script) => {
    expect(saidOf(changed, script)?.code).not.toBe('outside-template');
  });
});

describe('a claim that outlives the policy', () => {
  const gone: MilestoneInput = {
    id: 'm',
    object: {kind: 'persistentvolumeclaims', name: 'data-db-1'},
    gone: true,
  };
  const policy = {whenScaled: 'Delete', whenDeleted: 'Delete'};
  const claim = (ownerReferences?: typeof owner) =>
    object('persistentvolumeclaims', 'data-db-1', ownerReferences ? {metadata: {ownerReferences}} : {});

  test('because its Pod was gone before', () => {
    const script: Script = [[1, put(set({replicas: 1, policy})), put(member('db-0')), put(claim())]];
    expect(saidOf(gone, script)).toMatchObject({
      code: 'retention-too-late',
      facts: {workload: 'db', pod: 'db-1', replicas: 2},
      object: {kind: 'persistentvolumeclaims', name: 'data-db-1'},
      verdict: 'off-track',
    });
  });
  test.each([
    ['its Pod is still there', [[1, put(set({replicas: 1, policy})), put(member('db-1')), put(claim())]]],
    ['it has an owner', [[1, put(set({replicas: 1, policy})), put(claim(owner))]]],
    ['the policy says Retain', [[1, put(set({replicas: 1})), put(claim())]]],
    ['its Pod is wanted', [[1, put(set({replicas: 2, policy})), put(claim())]]],
  ] satisfies [string, Script][])('is not said when %s', (_, script) => {
    expect(saidOf(gone, script)?.code).not.toBe('retention-too-late');
  });
});
