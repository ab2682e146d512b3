import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {reasonOf, tellSteps} from '../../../../src/cluster/minikube/events.ts';
import {parseProfiles} from '../../../../src/cluster/minikube/list.ts';
import {parseStatus} from '../../../../src/cluster/minikube/status.ts';

/** As minikube v1.36.0 has said it. */
const recorded = (file: string) =>
  readFileSync(new URL(`../../../fixtures/minikube/${file}`, import.meta.url), 'utf8');

describe('minikube status', () => {
  const server = {name: 'lab', role: 'server', running: true};
  const worker = (name: string, running = true) => ({name, role: 'agent', running});

  test('of one node is an object', () => {
    expect(parseStatus(recorded('status-one-node.json'))).toEqual({
      nodes: [{...server, name: 'lab1'}],
      running: true,
    });
  });
  test('of several nodes is an array; what it says of a kubeconfig is not asked', () => {
    const nodes = [server, worker('lab-m02'), worker('lab-m03')];
    expect(parseStatus(recorded('status-three-nodes.json'))).toEqual({nodes, running: true});
  });
  test('tells a worker that is stopped, and the cluster runs', () => {
    const nodes = [server, worker('lab-m02'), worker('lab-m03', false)];
    expect(parseStatus(recorded('status-worker-stopped.json'))).toEqual({nodes, running: true});
  });
  test('tells a cluster that is stopped', () => {
    const nodes = [{...server, name: 'lab1', running: false}];
    expect(parseStatus(recorded('status-stopped.json'))).toEqual({nodes, running: false});
  });
  test('is null for a profile without a machine', () => {
    expect(parseStatus('null')).toEqual({nodes: [], running: false});
  });
  test.each([
    ['', /^$/],
    ['* Profile "lab" not found', /Profile "lab" not found/],
    ['{"Name":"lab","Host":"Running"}', /APIServer/],
    ['[{"Name":"lab","Host":1,"APIServer":"Running","Worker":false}]', /Host/],
  ])('that is %j is said not to be known', (text, detail) => {
    const facts = {command: 'minikube status', detail: expect.stringMatching(detail)};
    expect(() => parseStatus(text)).toThrow(expect.objectContaining({code: 'answer-unknown', facts}));
  });
});

describe('minikube profile list', () => {
  test('tells the profiles that statelab made by the volume that their nodes share', () => {
    expect(parseProfiles(recorded('profiles.json'))).toEqual([
      {name: 'lab', ours: true, runtime: 'containerd'},
      {name: 'lab1', ours: false, runtime: 'containerd'},
    ]);
  });
  test('may be empty', () => {
    expect(parseProfiles('{"invalid":[],"valid":[]}')).toEqual([]);
  });
  test('has profiles whose file is damaged, too', () => {
    expect(parseProfiles('{"invalid":[{"Name":"torn","Status":"","Config":null}],"valid":[]}')).toEqual([
      {name: 'torn', ours: false, damaged: true},
    ]);
  });
  test('that is something else is said not to be known', () => {
    expect(() => parseProfiles('{"valid":[{"name":"lab"}]}')).toThrow(
      expect.objectContaining({code: 'answer-unknown'}),
    );
  });
});

describe('what minikube start says', () => {
  test('is told as its steps, without warnings, settings and advice', () => {
    const told: string[] = [];
    for (const line of recorded('start.jsonl').split('\n')) tellSteps(said => told.push(said))(line);
    expect(told).toContain('Creating docker container (CPUs=2, Memory=2200MB) ...');
    expect(told.at(-1)).toBe('Verifying Kubernetes components...');
    expect(told.join('\n')).not.toMatch(/MINIKUBE_|kubectl is now configured|root privileges/);
  });
  test('lines of its log are not told', () => {
    const told: string[] = [];
    for (const line of ['E1121 21:20:58.285677 cache.go:225] Error', '{', '{}'])
      tellSteps(said => told.push(said))(line);
    expect(told).toEqual([]);
  });
  test('ends with the reason, of all errors that it names', () => {
    expect(reasonOf({stdout: recorded('start-failed.jsonl'), stderr: ''})).toMatch(
      /^docker: Error response from daemon: .*no such host$/,
    );
  });
  test('and commands without events name theirs before their advice', () => {
    expect(reasonOf({stdout: '', stderr: recorded('node-stop-failed.txt')})).toBe(
      'GUEST_NODE_RETRIEVE: retrieving node: Could not find node m09',
    );
  });
});
