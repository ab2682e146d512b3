import {describe, expect, test} from 'vitest';
import {diagnosisOf, judged, type MilestoneInput} from '../../../helpers/judging.ts';
import {eventAbout} from '../../../helpers/objects.ts';
import {put, type Script} from '../../../helpers/script.ts';
import {type ClaimIs, claim, podWith, storageClass, type VolumeIs, volume} from '../../../helpers/volumes.ts';

const milestones: MilestoneInput[] = [
  {id: 'm', object: {kind: 'persistentvolumeclaims', name: 'data'}, match: {status: {phase: 'Bound'}}},
];
const localPath = put(storageClass('local-path'));
const notFound = (name: string) => `storageclass.storage.k8s.io "${name}" not found`;
const scriptOf = (...happenings: Script[number][1][]): Script => [[1, ...happenings]];
const diagnosed = (...happenings: Script[number][1][]) =>
  diagnosisOf({milestones, script: scriptOf(...happenings), at: 9});

test('no class of that name, neither a StorageClass nor of a volume; the event is the proof', () => {
  const data = claim('data', {class: 'standard-rwo'});
  const event = put(eventAbout(data, 'ProvisioningFailed', notFound('standard-rwo')));
  expect(diagnosed(localPath, put(volume('mysql-pv')), put(data), event)).toEqual({
    code: 'claim-pending',
    facts: {reason: 'class-unknown', wanted: 'standard-rwo', known: ['local-path'], ofVolumes: ['my-mysql']},
    object: {kind: 'persistentvolumeclaims', name: 'data', uid: 'uid-data', namespace: 'statelab-test'},
    path: 'spec.storageClassName',
    verdict: 'off-track',
    proof: notFound('standard-rwo'),
  });
});

test('no default class to take', () => {
  expect(diagnosed(put(claim('data', {class: null})))?.facts).toEqual({
    reason: 'no-default-class',
    known: [],
  });
});

describe('no volume suits it, and why', () => {
  test.each<[string, ClaimIs, VolumeIs, object, string]>([
    [
      'size',
      {size: '2Gi'},
      {size: '1024Mi'},
      {in: 'size', found: '1024Mi', wanted: '2Gi'},
      'spec.resources.requests.storage',
    ],
    [
      'access mode',
      {modes: ['ReadWriteMany']},
      {},
      {in: 'access', found: 'ReadWriteOnce', wanted: 'ReadWriteMany'},
      'spec.accessModes',
    ],
    [
      'labels',
      {labels: {disk: 'fast'}},
      {},
      {in: 'selector', found: '', wanted: 'disk=fast'},
      'spec.selector',
    ],
  ])('%s', (_name, asks, has, unsuited, path) => {
    expect(diagnosed(put(volume('mysql-pv', has)), put(claim('data', asks)))).toMatchObject({
      facts: {reason: 'no-volume', class: 'my-mysql', nearest: {volume: 'mysql-pv', unsuited: [unsuited]}},
      path,
    });
  });
  test('no class was asked for, and there is no volume without one', () => {
    const data = claim('data', {class: ''});
    const says = 'no persistent volumes available for this claim and no storage class is set';
    expect(diagnosed(put(data), put(eventAbout(data, 'FailedBinding', says)))?.facts).toEqual({
      reason: 'no-volume',
      class: '',
    });
  });
  test('the cluster’s own volumes are nobody else’s', () => {
    const own = volume('pvc-1', {class: 'local-path', provisioned: true, phase: 'Bound'});
    expect(diagnosed(put(own), put(claim('data', {class: ''})))?.facts).toEqual({
      reason: 'no-volume',
      class: '',
    });
  });
});

describe('the volume is another claim’s', () => {
  const taken = volume('mysql-pv', {phase: 'Bound', claim: {name: 'first', uid: 'uid-first'}});
  test('of two claims for one volume', () => {
    expect(diagnosed(put(taken), put(claim('data')))?.facts).toEqual({
      reason: 'volume-taken',
      volume: 'mysql-pv',
      by: 'first',
    });
  });
  test('that it names', () => {
    const data = claim('data', {volume: 'mysql-pv'});
    const says = 'volume "mysql-pv" already bound to a different claim.';
    expect(diagnosed(put(taken), put(data), put(eventAbout(data, 'FailedBinding', says)))).toMatchObject({
      facts: {reason: 'volume-taken', by: 'first'},
      path: 'spec.volumeName',
      proof: says,
    });
  });
  test('that the controller chose, and that was not seen yet', () => {
    const data = claim('data', {volume: 'pvc-1'});
    data.metadata.annotations = {'pv.kubernetes.io/bound-by-controller': 'yes'};
    expect(diagnosed(put(volume('mysql-pv')), put(data))).toBeUndefined();
  });
  test('that it names is not there; one of a like name is', () => {
    const data = claim('data', {volume: 'mysql-vp'});
    expect(diagnosed(put(volume('mysql-pv')), put(data))?.facts).toEqual({
      reason: 'volume-unknown',
      volume: 'mysql-vp',
      nearest: 'mysql-pv',
    });
  });
});

test('the class is right, but its provisioner failed', () => {
  const data = claim('data', {class: 'local-path', modes: ['ReadWriteMany']});
  const says = 'NodePath only supports ReadWriteOnce and ReadWriteOncePod access modes';
  const event = put(eventAbout(data, 'ProvisioningFailed', says));
  expect(diagnosed(localPath, put(data), put(podWith('db', 'data')), event)).toMatchObject({
    facts: {reason: 'provisioning-failed'},
    proof: says,
  });
});

test('its class waits for a Pod, and there is none: that is no mistake', () => {
  const script = scriptOf(localPath, put(claim('data', {class: 'local-path'})));
  const {judgement} = judged({milestones, script, at: 9});
  expect(judgement).toMatchObject({
    verdict: 'converging',
    diagnosis: {code: 'claim-pending', facts: {reason: 'waits-for-pod', class: 'local-path'}},
  });
});

test('a Pod waits for it: its milestone hears of the claim', () => {
  const ofPod: MilestoneInput[] = [
    {id: 'm', object: {kind: 'pods', labels: 'app=db'}, match: {status: {phase: 'Running'}}},
  ];
  const script = scriptOf(localPath, put(claim('data', {class: 'fast'})), put(podWith('db', 'data')));
  expect(diagnosisOf({milestones: ofPod, script, at: 9})).toMatchObject({
    facts: {reason: 'class-unknown', wanted: 'fast'},
    object: {name: 'data'},
  });
});

test('it is not as asked: that is said, not that it waits for a Pod', () => {
  const asks: MilestoneInput[] = [
    {id: 'm', object: {kind: 'persistentvolumeclaims'}, match: {spec: {storageClassName: 'fast'}}},
  ];
  const script: Script = [[1, localPath, put(claim('data', {class: 'local-path'}))]];
  expect(diagnosisOf({milestones: asks, script, at: 9})).toMatchObject({
    code: 'wrong-field',
    path: 'spec.storageClassName',
  });
});

describe('not', () => {
  test('before the controller had time for it', () => {
    const script = scriptOf(localPath, put(claim('data', {class: 'fast'})));
    const {judgement, wakeAt} = judged({milestones, script, at: 2});
    expect([judgement.diagnosis, wakeAt]).toEqual([undefined, 4000]);
  });
  test('while a volume that suits is about to be bound', () => {
    expect(diagnosed(put(volume('mysql-pv')), put(claim('data')))).toBeUndefined();
    const kept = volume('mysql-pv', {claim: {name: 'data'}});
    expect(diagnosed(put(kept), put(claim('data')))).toBeUndefined();
  });
  test('while a provisioner works for its Pod', () => {
    expect(
      diagnosed(localPath, put(claim('data', {class: 'local-path'})), put(podWith('db', 'data'))),
    ).toBeUndefined();
  });
  test('of one that is bound, or about to go', () => {
    const bound = claim('data', {phase: 'Bound', class: 'fast'});
    const wants: MilestoneInput[] = [
      {id: 'm', object: {kind: 'persistentvolumeclaims'}, match: {status: {phase: 'Lost'}}},
    ];
    expect(diagnosisOf({milestones: wants, script: scriptOf(put(bound)), at: 9})).toBeUndefined();
    expect(diagnosed(put(claim('data', {class: 'fast', deleting: true})))?.code).toBe('being-deleted');
  });
  test('of another claim than the milestone’s', () => {
    const wants: MilestoneInput[] = [
      {id: 'm', object: {kind: 'persistentvolumeclaims', name: 'web'}, match: {}},
    ];
    const script = scriptOf(put(claim('data', {class: 'fast'})));
    expect(diagnosisOf({milestones: wants, script, since: 2, at: 9})).toBeUndefined();
  });
});
