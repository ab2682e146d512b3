import {describe, expect, test} from 'vitest';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {deployment, object, pod, replicaSet} from '../../../helpers/objects.ts';
import {deleted, put, type Script} from '../../../helpers/script.ts';

const ofSet: MilestoneInput[] = [
  {id: 'm', object: {kind: 'statefulsets.apps', name: 'db'}, match: {spec: {replicas: 1}}},
];

describe('wrong-kind', () => {
  test('one of the name, of another kind', () => {
    expect(diagnosisOf({milestones: ofSet, script: [[1, put(deployment('db', 1))]]})).toEqual({
      code: 'wrong-kind',
      facts: {wanted: 'StatefulSet'},
      object: {kind: 'deployments.apps', name: 'db', uid: 'uid-db', namespace: 'statelab-test'},
      path: 'kind',
      verdict: 'off-track',
    });
  });
  test('a Secret and a ConfigMap; a Pod and a workload that makes one', () => {
    const secret: MilestoneInput[] = [{id: 'm', object: {kind: 'secrets', name: 'db'}, match: {}}];
    const map = put(object('configmaps', 'db'));
    expect(diagnosisOf({milestones: secret, script: [[1, map]]})).toMatchObject({
      code: 'wrong-kind',
      object: {kind: 'configmaps'},
    });
    const ofPod: MilestoneInput[] = [{id: 'm', object: {kind: 'pods', name: 'db'}, match: {}}];
    const owner = {kind: 'ReplicaSet', name: 'db-7f', uid: 'rs'};
    const made = put(object('pods', 'db-7f-x', {metadata: {ownerReferences: [owner]}}));
    expect(diagnosisOf({milestones: ofPod, script: [[1, made]]})).toMatchObject({
      code: 'wrong-kind',
      facts: {wanted: 'Pod', madeBy: 'ReplicaSet db-7f'},
      path: 'metadata.ownerReferences',
    });
  });
  test('not one that was there before, nor one that a controller made', () => {
    expect(
      diagnosisOf({milestones: ofSet, script: [[0, put(deployment('db', 1))]], since: 1, at: 2}),
    ).toBeUndefined();
    expect(diagnosisOf({milestones: ofSet, script: [[1, put(replicaSet('db', 'x', 1))]]})).toBeUndefined();
  });
});

describe('scaled-not-deleted', () => {
  const gone: MilestoneInput[] = [{id: 'm', object: {kind: 'deployments.apps', name: 'db'}, gone: true}];
  test('a workload that is to go was scaled to nothing', () => {
    const script: Script = [
      [0, put(deployment('db', 1))],
      [2, put(deployment('db', 0))],
    ];
    expect(diagnosisOf({milestones: gone, script, since: 1})).toMatchObject({
      code: 'scaled-not-deleted',
      object: {name: 'db'},
      path: 'spec.replicas',
    });
  });
  test('not when it had none before', () => {
    const script: Script = [[0, put(deployment('db', 0))]];
    expect(diagnosisOf({milestones: gone, script, since: 1, at: 2})).toBeUndefined();
  });
});

describe('scaled-away', () => {
  const set = (replicas: number) => put(object('statefulsets.apps', 'db', {spec: {replicas}}));
  const ofPod = (name: string): MilestoneInput[] => [{id: 'm', object: {kind: 'pods', name}, match: {}}];
  const script: Script = [
    [0, set(3)],
    [2, set(1)],
  ];
  test('a StatefulSet was scaled below the Pod', () => {
    expect(diagnosisOf({milestones: ofPod('db-1'), script, since: 1})).toMatchObject({
      code: 'scaled-away',
      facts: {replicas: 1, before: 3},
      object: {kind: 'statefulsets.apps', name: 'db'},
    });
    const labelled: MilestoneInput[] = [{id: 'm', object: {kind: 'pods', labels: 'app=db'}, match: {}}];
    const web = (replicas: number) =>
      put(deployment('web', replicas, {spec: {replicas, template: {metadata: {labels: {app: 'db'}}}}}));
    const none: Script = [
      [0, web(1)],
      [2, web(0)],
    ];
    expect(diagnosisOf({milestones: labelled, script: none, since: 1})?.code).toBe('scaled-away');
  });
  test('also of one that was made in this step', () => {
    const made: Script = [
      [2, set(1)],
      [3, set(0)],
    ];
    expect(diagnosisOf({milestones: ofPod('db-0'), script: made, since: 1})?.code).toBe('scaled-away');
  });
  test('not of a Pod that it makes all the same, nor when the step before scaled it', () => {
    expect(diagnosisOf({milestones: ofPod('db-0'), script, since: 1})).toBeUndefined();
    expect(diagnosisOf({milestones: ofPod('db-1'), script, since: 3, at: 4})).toBeUndefined();
  });
});

describe('made-again', () => {
  const ownedBy = (kind: string, name: string) => ({
    metadata: {ownerReferences: [{kind, name, uid: `uid-${name}`}], labels: {app: 'db'}},
  });
  const ofPods: MilestoneInput[] = [{id: 'm', object: {kind: 'pods', labels: 'app=db'}, gone: true}];
  const first = object('pods', 'db-1', ownedBy('ReplicaSet', 'db-rs'));
  const start: Script = [[0, put(deployment('db', 1)), put(replicaSet('db-rs', 'db', 1)), put(first)]];
  const again: Script = [
    ...start,
    [2, deleted(first), put(object('pods', 'db-2', ownedBy('ReplicaSet', 'db-rs')))],
  ];
  test('a Pod was deleted, and its Deployment made another', () => {
    expect(diagnosisOf({milestones: ofPods, script: again, since: 1})).toEqual({
      code: 'made-again',
      facts: {owner: 'Deployment db'},
      object: {kind: 'pods', name: 'db-2', uid: 'uid-db-2', namespace: 'statelab-test'},
      path: 'metadata.ownerReferences',
      verdict: 'off-track',
    });
  });
  test('also where the Deployment itself is to go', () => {
    const gone: MilestoneInput[] = [{id: 'm', object: {kind: 'deployments.apps', name: 'db'}, gone: true}];
    expect(diagnosisOf({milestones: gone, script: again, since: 1})).toMatchObject({
      code: 'made-again',
      object: {name: 'db-2'},
    });
    expect(diagnosisOf({milestones: gone, script: start, since: 1, at: 2})).toBeUndefined();
  });
  test('also where it is to be scaled down', () => {
    const fewer: MilestoneInput[] = [
      {id: 'm', object: {kind: 'deployments.apps', name: 'db'}, match: {spec: {replicas: 0}}},
    ];
    expect(diagnosisOf({milestones: fewer, script: again, since: 1})?.code).toBe('made-again');
  });
  test('not of Pods that nobody has touched', () => {
    expect(diagnosisOf({milestones: ofPods, script: start, since: 1, at: 2})).toBeUndefined();
  });
});

describe('deleted-meanwhile', () => {
  const set = object('statefulsets.apps', 'db', {spec: {replicas: 3}});
  const script: Script = [
    [0, put(set)],
    [2, deleted(set)],
  ];
  test('what the milestone needs was there', () => {
    expect(diagnosisOf({milestones: ofSet, script, since: 1})).toEqual({
      code: 'deleted-meanwhile',
      facts: {at: 2000},
      object: {kind: 'statefulsets.apps', name: 'db', uid: 'uid-db', namespace: 'statelab-test'},
      verdict: 'off-track',
    });
  });
  test('also one that the milestone only builds on, unless it came again', () => {
    const service = object('services', 'db', {spec: {clusterIP: 'None'}});
    const ofPod: MilestoneInput[] = [{id: 'm', object: {kind: 'pods', name: 'client'}, match: {}}];
    const gone: Script = [
      [0, put(service)],
      [2, deleted(service)],
    ];
    expect(diagnosisOf({milestones: ofPod, script: gone, since: 1})).toMatchObject({
      code: 'deleted-meanwhile',
      object: {kind: 'services', name: 'db'},
    });
    const again = put(object('services', 'db', {metadata: {uid: 'again'}}));
    expect(diagnosisOf({milestones: ofPod, script: [...gone, [3, again]], since: 1})).toBeUndefined();
    const anew: MilestoneInput[] = [{id: 'm', object: {kind: 'pods', name: 'db-0'}, replaced: '$zero'}];
    expect(diagnosisOf({milestones: anew, script: gone, since: 1})?.code).toBe('deleted-meanwhile');
    const clears: MilestoneInput[] = [...ofPod, {id: 'gone', object: {kind: 'secrets'}, gone: true}];
    expect(diagnosisOf({milestones: clears, script: gone, since: 1})).toBeUndefined();
  });
  test('not of a Pod that its controller makes anew in a moment', () => {
    const owner = {kind: 'StatefulSet', name: 'db', uid: 'uid-db'};
    const one = pod('db-0', {});
    const db = {...one, metadata: {...one.metadata, ownerReferences: [owner]}};
    const another: MilestoneInput[] = [
      {id: 'm', object: {kind: 'pods', name: 'db-0', not: '$zero'}, match: {}},
    ];
    const gone: Script = [
      [0, put(set), put(db)],
      [2, deleted(db)],
    ];
    const judging = {milestones: another, since: 1, remembered: {zero: db}};
    expect(diagnosisOf({...judging, script: gone})).toBeUndefined();
    expect(diagnosisOf({...judging, script: [...gone, [3, deleted(set)]]})?.code).toBe('deleted-meanwhile');
  });
  test('not when the step tells to delete it, or what it belongs to, and to apply another', () => {
    const command = 'kubectl delete statefulset db\nkubectl apply -f other.yaml';
    expect(diagnosisOf({milestones: ofSet, script, since: 1, command})).toBeUndefined();
    const owner = {kind: 'StatefulSet', name: 'db', uid: 'uid-db'};
    const one = object('pods', 'db-0', {metadata: {ownerReferences: [owner]}});
    const ofPod: MilestoneInput[] = [{id: 'm', object: {kind: 'pods', name: 'db-0'}, match: {}}];
    const gone: Script = [
      [0, put(set), put(one)],
      [2, deleted(set), deleted(one)],
    ];
    expect(diagnosisOf({milestones: ofPod, script: gone, since: 1, command})).toBeUndefined();
    const another = 'kubectl delete statefulset web';
    expect(diagnosisOf({milestones: ofSet, script, since: 1, command: another})?.code).toBe(
      'deleted-meanwhile',
    );
  });
  test('not when the step before did it, or this one asks for it', () => {
    expect(diagnosisOf({milestones: ofSet, script, since: 3, at: 4})).toBeUndefined();
    const gone: MilestoneInput[] = [
      {id: 'gone', object: {kind: 'statefulsets.apps', name: 'db'}, gone: true},
      ...ofSet,
    ];
    expect(diagnosisOf({milestones: gone, script, since: 1, at: 4})).toBeUndefined();
  });
});

describe('rollouts', () => {
  const ofPod: MilestoneInput[] = [
    {id: 'm', object: {kind: 'pods', labels: 'app=db'}, match: {spec: {containers: [{image: 'new'}]}}},
  ];
  test('rollout-paused: a Deployment keeps its change to itself', () => {
    const paused = deployment('db', 1, {
      spec: {replicas: 1, paused: true},
      status: {conditions: [{type: 'Progressing', status: 'Unknown', reason: 'DeploymentPaused'}]},
    });
    expect(diagnosisOf({milestones: ofPod, script: [[1, put(paused)]]})).toMatchObject({
      code: 'rollout-paused',
      path: 'spec.paused',
    });
    expect(diagnosisOf({milestones: ofPod, script: [[1, put(deployment('db', 1))]]})).toBeUndefined();
  });
  const set = (updateRevision: string) =>
    put(
      object('statefulsets.apps', 'db', {
        spec: {replicas: 1},
        status: {currentRevision: 'a', updateRevision},
      }),
    );
  const stuck = (reason: string) =>
    put(
      object('pods', 'db-0', {
        metadata: {
          labels: {app: 'db', 'controller-revision-hash': 'a'},
          ownerReferences: [{kind: 'StatefulSet', name: 'db', uid: 'uid-db'}],
        },
        status: {
          phase: 'Pending',
          containerStatuses: [{name: 'db', image: 'x', restartCount: 0, state: {waiting: {reason}}}],
        },
      }),
    );
  test('rollout-stuck: a Pod of the old template never gets ready', () => {
    expect(
      diagnosisOf({milestones: ofPod, script: [[1, set('b'), stuck('ImagePullBackOff')]]}),
    ).toMatchObject({
      code: 'rollout-stuck',
      facts: {workload: 'db'},
      object: {name: 'db-0'},
    });
  });
  test('not while there is only one template, or it is only starting', () => {
    expect(diagnosisOf({milestones: ofPod, script: [[1, set('a'), stuck('ImagePullBackOff')]]})?.code).toBe(
      'image-not-pulled',
    );
    expect(
      diagnosisOf({milestones: ofPod, script: [[1, set('b'), stuck('ContainerCreating')]]})?.code,
    ).not.toBe('rollout-stuck');
  });
});
