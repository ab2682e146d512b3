import {describe, expect, test} from 'vitest';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {object} from '../../../helpers/objects.ts';
import {put} from '../../../helpers/script.ts';

const slices = 'endpointslices.discovery.k8s.io';
const milestones: MilestoneInput[] = [
  {id: 'm', object: {kind: slices}, match: {endpoints: [{conditions: {ready: true}}]}},
];
const service = object('services', 'db', {spec: {selector: {app: 'db', tier: 'data'}}});
const slice = (endpoints: object[]) =>
  object(slices, 'db-abc', {metadata: {labels: {'kubernetes.io/service-name': 'db'}}, endpoints});

test('its selector finds no Pod', () => {
  expect(diagnosisOf({milestones, script: [[1, put(service), put(slice([]))]]})).toEqual({
    code: 'service-without-endpoints',
    facts: {selector: 'app=db,tier=data'},
    object: {kind: 'services', name: 'db', uid: 'uid-db', namespace: 'statelab-test'},
    path: 'spec.selector',
    verdict: 'off-track',
  });
});

test('its selector finds only Pods that are not ready', () => {
  const unready = slice([{conditions: {ready: false}}]);
  expect(diagnosisOf({milestones, script: [[1, put(service), put(unready)]]})?.code).toBe(
    'service-without-endpoints',
  );
});

describe('not', () => {
  test('when one of several is ready', () => {
    const one = slice([{conditions: {ready: false}}, {conditions: {ready: true}}]);
    const wants: MilestoneInput[] = [
      {id: 'm', object: {kind: 'services'}, match: {spec: {type: 'NodePort'}}},
    ];
    expect(diagnosisOf({milestones: wants, script: [[0, put(service), put(one)]]})).toBeUndefined();
  });
  test('before there is a slice to tell', () => {
    expect(diagnosisOf({milestones, script: [[1, put(service)]]})).toBeUndefined();
  });
  test('of a Service that selects nothing by intention', () => {
    const outside = object('services', 'db', {spec: {}});
    expect(diagnosisOf({milestones, script: [[1, put(outside), put(slice([]))]]})).toBeUndefined();
  });
  test('while the step waits for something that is no Service', () => {
    const wants: MilestoneInput[] = [{id: 'm', object: {kind: 'pods'}, match: {}}];
    expect(diagnosisOf({milestones: wants, script: [[1, put(service), put(slice([]))]]})).toBeUndefined();
  });
});
