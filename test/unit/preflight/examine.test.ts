import {describe, expect, test} from 'vitest';
import {examineBefore} from '../../../src/preflight/before.ts';
import {examine} from '../../../src/preflight/examine.ts';
import type {Facts} from '../../../src/preflight/facts.ts';
import type {FindingCode} from '../../../src/preflight/finding.ts';
import {summaryOf} from '../../../src/preflight/summary.ts';
import {beforeCluster, factsWith, GiB, labs, node, provoking} from '../../helpers/facts.ts';

const all = labs.map(({id}) => id);
const find = (facts: Facts, code: FindingCode) => examine(facts).find(one => one.code === code);

describe('each thing is found where it is', () => {
  test.each(Object.entries(provoking))('%s', (code, facts) => {
    expect(examine(facts).map(one => one.code)).toContain(code);
  });
  test('where all is well nothing else is found', () => {
    expect(examine(factsWith()).filter(({state}) => state !== 'ok')).toEqual([]);
    expect(examine(beforeCluster()).filter(({state}) => state !== 'ok')).toEqual([]);
  });
});

describe('what stops, and what only warns', () => {
  test.each<[what: FindingCode, state: 'warn' | 'stop', facts: Facts]>([
    ['docker-down', 'stop', provoking['docker-down']],
    ['cgroup-1', 'stop', provoking['cgroup-1']],
    ['cgroup-1', 'warn', beforeCluster({docker: {cgroup: '1'}, nodeImage: 'mine:v1.35'})],
    ['disk-short', 'warn', provoking['disk-short']],
    ['disk-short', 'stop', factsWith({machine: {home: {path: '/h', free: 2 ** 20, total: GiB}}})],
    ['disk-pressure', 'stop', provoking['disk-pressure']],
    ['memory-short', 'warn', provoking['memory-short']],
    ['memory-short', 'stop', beforeCluster({docker: {memory: GiB}})],
    ['nodes-not-ready', 'warn', provoking['nodes-not-ready']],
    ['nodes-not-ready', 'stop', factsWith({cluster: {nodes: [node('a', false)]}})],
    ['kubectl-missing', 'warn', provoking['kubectl-missing']],
    ['kubectl-missing', 'stop', factsWith({kubectl: {fetchable: false}})],
    ['kubectl-broken', 'stop', provoking['kubectl-broken']],
    ['kubectl-skew', 'stop', provoking['kubectl-skew']],
    ['certificate-expired', 'stop', provoking['certificate-expired']],
    ['labs-in-part', 'warn', provoking['labs-in-part']],
    ['labs-in-part', 'stop', {...provoking['labs-in-part'], labs: labs.filter(({id}) => id === 'takeover')}],
  ])('%s: %s', (code, state, facts) => {
    expect(find(facts, code)?.state).toBe(state);
  });

  test('without Docker the sandbox takes its place, unless k3d was asked for', () => {
    const docker = {state: 'down', detail: 'no'} as const;
    const instead = factsWith({docker, place: {provider: 'sandbox', cluster: 'lab', asked: false}});
    expect(find(instead, 'docker-down')).toMatchObject({state: 'warn', labs: []});
  });
});

describe('which labs it matters for', () => {
  test.each<[FindingCode, labs: string[]]>([
    ['docker-down', all],
    ['port-taken', ['hostpath-pod']],
    ['cluster-changed', ['pvc']],
    ['host-path-refused', ['hostpath-pod']],
    ['node-operations-off', ['node-loss']],
    ['shared-mount-missing', ['takeover']],
    ['class-starts-empty', ['pvc', 'takeover', 'node-loss']],
  ])('%s', (code, wanted) => {
    expect(find(provoking[code], code)?.labs).toEqual(wanted);
  });
  test('a namespace that is no lab’s stands for all labs that mount directories of nodes', () => {
    const facts = factsWith({cluster: {refusingHostPath: [{namespace: 'default'}]}});
    const {labs: matters, mend} = find(facts, 'host-path-refused') ?? {};
    expect(matters).toEqual(expect.arrayContaining(['hostpath-deployment', 'hostpath-pod', 'static-pv']));
    expect(matters).not.toContain('emptydir');
    expect(mend).toEqual([]); // whoever guards `default` is not statelab
  });
});

describe('what mends it', () => {
  const kubectl = 'kubectl --kubeconfig /home/ada/k.yaml';
  test.each<[FindingCode, mend: string[]]>([
    ['docker-down', ['sudo systemctl start docker']],
    ['inotify-low', ['sudo sysctl fs.inotify.max_user_instances=8192']],
    ['cluster-stopped', ['statelab cluster up --provider k3d --cluster lab']],
    ['certificate-expired', ['k3d cluster stop lab', 'statelab cluster up --provider k3d --cluster lab']],
    ['nodes-cordoned', [`${kubectl} uncordon b`]],
    [
      'class-none',
      [`${kubectl} annotate storageclass slow storageclass.kubernetes.io/is-default-class=true`],
    ],
    ['class-several', [`${kubectl} annotate storageclass old storageclass.kubernetes.io/is-default-class-`]],
    [
      'host-path-refused',
      [`${kubectl} label namespace statelab-hostpath-pod pod-security.kubernetes.io/enforce-`],
    ],
    ['proxy-in-the-way', ['export NO_PROXY="192.168.49.2"']],
  ])('%s', (code, mend) => {
    expect(find(provoking[code], code)?.mend).toEqual(mend);
  });
  test('what holds spaces is one word of a shell: on macOS the kubeconfig lies below Application Support', () => {
    const kubeconfig = '/Users/ada/Library/Application Support/statelab/lab.yaml';
    const cordoned = {nodes: [node('a'), node('b', true, {unschedulable: true})]};
    expect(find(factsWith({cluster: {kubeconfig, ...cordoned}}), 'nodes-cordoned')?.mend).toEqual([
      `kubectl --kubeconfig '${kubeconfig}' uncordon b`,
    ]);
    const context = {place: {provider: 'context', cluster: "ada's room", asked: true}} as const;
    const quoted = `'ada'\\''s room'`;
    expect(find({...provoking['rights-unasked'], ...context}, 'rights-unasked')?.mend).toEqual([
      `statelab run --provider context --context ${quoted} --allow-node-operations`,
    ]);
    expect(find({...provoking['class-none'], ...context}, 'class-none')?.mend).toEqual([
      `kubectl --context ${quoted} annotate storageclass slow storageclass.kubernetes.io/is-default-class=true`,
    ]);
    const of = (provider: 'k3d' | 'minikube') => {
      const place = {provider, cluster: 'my lab', asked: true};
      return find({...provoking['certificate-expired'], place}, 'certificate-expired')?.mend[0];
    };
    expect([of('k3d'), of('minikube')]).toEqual([
      "k3d cluster stop 'my lab'",
      "minikube stop --profile 'my lab'",
    ]);
  });
  test('a node of ours that was switched off is started', () => {
    const cluster = {
      nodes: [node('a'), node('b', false)],
      machines: [{name: 'b', role: 'agent', running: false} as const],
    };
    expect(find(factsWith({cluster}), 'nodes-not-ready')?.mend).toEqual([
      'statelab node start b --provider k3d --cluster lab',
    ]);
  });
  test('on a cluster of somebody else nothing of theirs is to be uncordoned', () => {
    const cluster = {ours: false, nodes: [node('a'), node('b', true, {unschedulable: true})]};
    const facts = factsWith({place: {provider: 'context', cluster: 'room', asked: true}, cluster});
    expect(find(facts, 'nodes-cordoned')).toMatchObject({mend: []});
  });
  test('inotify is raised only by who may: then --fix does it', () => {
    expect(find(provoking['inotify-low'], 'inotify-low')).not.toHaveProperty('fix');
    const facts = beforeCluster({machine: {inotifyInstances: 128, root: true}});
    expect(find(facts, 'inotify-low')).toMatchObject({
      fix: 'raise-inotify',
      mend: ['sysctl fs.inotify.max_user_instances=8192'],
    });
  });
});

describe('a proxy', () => {
  const found = (noProxy: string, url: string, proxy = 'HTTPS_PROXY') =>
    examine(factsWith({docker: {proxy: true}, machine: {proxy, noProxy}, cluster: {server: {url}}}))
      .filter(({check}) => check === 'proxy')
      .map(({code}) => code);
  test.each([
    ['', 'https://127.0.0.1:6443', 'proxy-passed-by'],
    ['', 'https://localhost:6443', 'proxy-passed-by'],
    ['', 'https://[::1]:6443', 'proxy-passed-by'],
    ['', 'https://192.168.49.2:8443', 'proxy-in-the-way'],
    ['192.168.49.2', 'https://192.168.49.2:8443', 'proxy-passed-by'],
    ['10.0.0.0/8, 192.168.49.0/24', 'https://192.168.49.2:8443', 'proxy-passed-by'],
    ['192.168.50.0/24', 'https://192.168.49.2:8443', 'proxy-in-the-way'],
    ['example.com', 'https://api.example.com', 'proxy-passed-by'],
    ['.example.com', 'https://api.example.com', 'proxy-passed-by'],
    ['ample.com', 'https://api.example.com', 'proxy-in-the-way'],
    ['*', 'https://api.example.com', 'proxy-passed-by'],
  ])('NO_PROXY "%s" and %s: %s', (noProxy, url, code) => {
    expect(found(noProxy, url)).toEqual([code]);
  });
  test('one for HTTP alone is nothing to kubectl', () => {
    expect(found('', 'https://192.168.49.2:8443', 'HTTP_PROXY')).toEqual(['proxy-passed-by']);
  });
});

describe('before a start', () => {
  const codes = (facts: Facts) => examineBefore(facts).map(({code}) => code);
  test('nothing is said when all is well', () => {
    expect([codes(beforeCluster()), codes(factsWith())]).toEqual([[], []]);
  });
  test('what keeps a cluster from coming up is', () => {
    const facts = beforeCluster({docker: {cgroup: '1', memory: GiB}, machine: {inotifyInstances: 128}});
    expect(codes(facts)).toEqual(['cgroup-1', 'memory-short', 'inotify-low']);
  });
  test('of a cluster that runs only that the disk is full', () => {
    const facts = factsWith({
      docker: {cgroup: '1', memory: GiB},
      machine: {inotifyInstances: 128, dockerDisk: {path: '/d', free: GiB, total: 100 * GiB}},
    });
    expect(codes(facts)).toEqual(['disk-pressure']);
  });
  test('an image that somebody chose is not doubted each time', () => {
    expect(codes(beforeCluster({docker: {cgroup: '1'}, nodeImage: 'mine:v1.35'}))).toEqual([]);
  });
});

test('the summary counts, and names what to begin with: what stops before what warns', () => {
  const findings = examine(
    beforeCluster({docker: {memory: 2 * GiB}, kubectl: {fetchable: false}, machine: {portsTaken: [3306]}}),
  );
  const {counts, first} = summaryOf(findings);
  expect(counts).toMatchObject({warn: 2, stop: 1});
  expect(first?.code).toBe('kubectl-missing');
});

test('one begins with the cause, not with the labs that suffer from it', () => {
  const pvc = labs.filter(({id}) => id === 'pvc');
  const {counts, first} = summaryOf(examine({...provoking['class-none'], labs: pvc}));
  expect(counts).toMatchObject({warn: 1, stop: 1});
  expect(first?.code).toBe('class-none');
});
