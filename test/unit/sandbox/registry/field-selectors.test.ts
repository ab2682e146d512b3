import {describe, expect, test} from 'vitest';
import type {ResourceId, Stored} from '../../../../src/sandbox/objects.ts';
import {parseFieldSelector} from '../../../../src/sandbox/registry/field-selectors.ts';

const metadata = {name: 'a', namespace: 'lab'};
const stored = (object: object) => object as Stored;

describe('selects', () => {
  const pod = {metadata, spec: {nodeName: 'agent-0', restartPolicy: 'Always'}, status: {phase: 'Running'}};
  const event = {
    metadata,
    involvedObject: {kind: 'Pod', name: 'a'},
    reason: 'Killing',
    source: {component: 'kubelet'},
  };
  test.each<[ResourceId, object, string, boolean]>([
    ['configmaps', {metadata}, '', true],
    ['configmaps', {metadata}, 'metadata.name=a', true],
    ['configmaps', {metadata}, 'metadata.name==a,metadata.namespace!=other', true],
    ['configmaps', {metadata}, ',metadata.name!=a,', false],
    ['configmaps', {metadata: {name: 'a,b'}}, String.raw`metadata.name=a\,b`, true],
    ['configmaps', {metadata: {name: String.raw`a\=`}}, String.raw`metadata.name=a\\\=`, true],
    ['pods', pod, 'spec.nodeName=agent-0,status.phase=Running,spec.hostNetwork=false', true],
    ['pods', pod, 'status.phase!=Running', false],
    ['pods', {metadata}, 'spec.nodeName=', true],
    ['events', event, 'involvedObject.kind=Pod,involvedObject.name=a,reason=Killing,source=kubelet', true],
    ['nodes', {metadata: {name: 'a'}}, 'spec.unschedulable=false', true],
    ['nodes', {metadata: {name: 'a'}, spec: {unschedulable: true}}, 'spec.unschedulable=true', true],
    ['namespaces', {metadata, status: {phase: 'Active'}}, 'status.phase=Active', true],
    ['secrets', {metadata, type: 'Opaque'}, 'type=Opaque', true],
    ['jobs.batch', {metadata, status: {}}, 'status.successful=0', true],
  ])('%s %j by %s: %s', (resource, object, selector, expected) => {
    expect(parseFieldSelector(resource, selector)(stored(object))).toBe(expected);
  });
});

describe('a selector that cannot be used', () => {
  // As kube-apiserver 1.35.4 answers.
  test.each<[ResourceId, string, string]>([
    ['pods', 'metadata.name', "invalid selector: 'metadata.name'; can't understand 'metadata.name'"],
    ['pods', 'metadata.name=a,x>1', "invalid selector: 'metadata.name=a,x>1'; can't understand 'x>1'"],
    ['pods', 'metadata.name=a=b', 'invalid field selector: unescaped character in value: 61'],
    ['pods', String.raw`metadata.name=a\b`, String.raw`invalid field selector: invalid escape sequence: \b`],
    ['pods', 'foo=bar', 'field label not supported: foo'],
    ['pods', 'constructor=bar', 'field label not supported: constructor'],
    ['nodes', 'metadata.namespace=x', 'field label not supported: metadata.namespace'],
    ['jobs.batch', 'foo=bar', 'field label "foo" not supported for Job'],
    [
      'deployments.apps',
      'status.replicas=1',
      '"status.replicas" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ],
  ])('%s: %s', (resource, selector, message) => {
    expect(() => parseFieldSelector(resource, selector)).toThrow(
      expect.objectContaining({code: 400, reason: 'BadRequest', message}),
    );
  });
});
