import {expect, test} from 'vitest';
import {hostsFile} from '../../../../../src/sandbox/kubelet/containers/hosts-file.ts';
import type {Of} from '../../../../../src/sandbox/objects.ts';

const webZero = (spec: object): Of<'pods'> => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'web-0',
    namespace: 'shop',
    uid: 'u',
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
  },
  spec: {containers: [{name: 'web'}], ...spec},
});
const ownLines = (text: string) => text.split('\n').slice(7);

// As a real kubelet wrote them.
test('a Pod is known by its name', () => {
  expect(hostsFile(webZero({}), '10.42.0.37')).toBe(
    '# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n10.42.0.37\tweb-0\n',
  );
});

test('one with a subdomain, as a StatefulSet’s, by its full name first', () => {
  const spec = {hostname: 'web-0', subdomain: 'nginx'};
  expect(ownLines(hostsFile(webZero(spec), '10.42.2.6'))).toEqual([
    '10.42.2.6\tweb-0.nginx.shop.svc.cluster.local\tweb-0',
    '',
  ]);
});

test('host aliases come last', () => {
  const spec = {hostAliases: [{ip: '10.1.2.3', hostnames: ['foo', 'bar']}]};
  expect(ownLines(hostsFile(webZero(spec), '10.42.2.6'))).toEqual([
    '10.42.2.6\tweb-0',
    '',
    '# Entries added by HostAliases.',
    '10.1.2.3\tfoo\tbar',
    '',
  ]);
});
