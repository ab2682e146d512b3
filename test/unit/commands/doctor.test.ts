import {describe, expect, test} from 'vitest';
import type {App, GlobalOptions} from '../../../src/commands/app.ts';
import {doctor} from '../../../src/commands/doctor.ts';
import type {Question, Report} from '../../../src/commands/view.ts';
import {type ErrorCode, ExpectedError, interrupted} from '../../../src/errors.ts';
import type {MachineFacts} from '../../../src/preflight/facts.ts';
import type {Finding} from '../../../src/preflight/finding.ts';
import {dockerUp, labs, machine, node, storageClass} from '../../helpers/facts.ts';

interface Here {
  options?: Partial<GlobalOptions>;
  machine?: Partial<MachineFacts>;
  kubectl?: () => Promise<string>;
  fetchKubectl?: () => Promise<void>;
  confirm?: (question: Question) => Promise<boolean>;
  /** Instead of an answer of the cluster's. */
  connect?: () => Promise<never>;
  nodes?: () => Promise<never>;
  journal?: () => never[];
  /** The names of the clusters that there are. */
  clusters?: string[];
  /** Instead of them. */
  list?: () => Promise<never>;
}

/** A machine with a sandbox where all is well, but for what is said; and what the doctor says of it. */
async function examined(here: Here, fix = false) {
  const options = {json: false, yes: false, provider: 'sandbox' as const, ...here.options};
  const errors: ErrorCode[] = [];
  const raised: number[] = [];
  let findings: readonly Finding[] | undefined;
  const cluster = {
    provider: options.provider,
    name: 'statelab',
    kubeconfig: '/kubeconfig',
    nodeOperations: true,
    sharedMount: '/lab-shared',
    api: {
      version: async () => 'v1.35.4',
      identity: async () => 'uid-of-kube-system',
      nodes: here.nodes ?? (async () => [node('a'), node('b')]),
      storageClasses: async () => [storageClass('local-path', true)],
      admitsHostPath: async () => true,
      namespace: async () => ({metadata: {}}),
    },
    nodes: {list: async () => []},
    close: async () => {},
  };
  const provider = {
    id: options.provider,
    check: async () => {},
    list:
      here.list ??
      (async () =>
        (here.clusters ?? ['statelab']).map(name => ({
          name,
          ours: options.provider !== 'context',
          running: true,
        }))),
    connect: here.connect ?? (async () => cluster),
  };
  const app = {
    outside: {signal: new AbortController().signal},
    options,
    labs: {ids: () => labs.map(({id}) => id), get: (id: string) => labs.find(lab => lab.id === id)},
    journals: {labs: () => labs.map(({id}) => id), read: here.journal ?? (() => [])},
    commands: {
      kubectlVersion: here.kubectl ?? (async () => 'v1.35.4'),
      checkSkew: async () => {},
      fetchKubectl: here.fetchKubectl,
    },
    inspector: async () => ({
      fetchable: true,
      docker: async () => dockerUp,
      nodeImage: async () => 'rancher/k3s:v1.35.4-k3s1',
      machine: async () => ({...machine, ...here.machine}),
      server: async () => undefined,
      raiseInotify: async (to: number) => void raised.push(to),
    }),
    provider: async () => provider,
    view: {
      report: (report: Report) => {
        if (report.type === 'doctor') ({findings} = report);
      },
      error: ({code}: ExpectedError) => void errors.push(code),
      task: (_task: unknown, run: () => Promise<unknown>) => run(),
      confirm: here.confirm,
    },
  } as unknown as App;
  const exit = await doctor(app, undefined, {fix});
  const wrong = findings?.filter(({state}) => state !== 'ok');
  return {exit, errors, raised, wrong, codes: wrong?.map(({state, code}) => `${state} ${code}`)};
}

const noKubectl = async () => {
  throw new ExpectedError('program-missing', {program: 'kubectl'});
};

test('where all is well nothing is found', async () => {
  expect(await examined({})).toMatchObject({exit: 0, errors: [], codes: []});
});

describe('what would end it is found', () => {
  test('a kubectl that does not run', async () => {
    const kubectl = async () => {
      throw new ExpectedError('kubectl-broken', {detail: 'Exec format error'});
    };
    const {exit, wrong} = await examined({kubectl});
    expect(wrong).toMatchObject([
      {
        state: 'stop',
        code: 'kubectl-broken',
        facts: {detail: 'Exec format error'},
        labs: labs.map(({id}) => id),
      },
    ]);
    expect(exit).toBe(1);
  });
  test.each([
    ['journal-broken', {file: '/j', line: 1}],
    ['journal-newer', {file: '/j', found: 9, known: 1}],
  ] as const)(
    'not a journal that cannot be read: whoever goes on with its lab tells of that (%s)',
    async (code, facts) => {
      const journal = () => {
        throw new ExpectedError(code, facts);
      };
      expect(await examined({journal})).toMatchObject({exit: 0, codes: []});
    },
  );
  test('a cluster that does not answer, in the words of the network', async () => {
    const nodes = async () => {
      throw Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:6443'), {code: 'ECONNREFUSED'});
    };
    const {wrong} = await examined({nodes});
    expect(wrong).toMatchObject([
      {code: 'cluster-unreachable', facts: {detail: 'connect ECONNREFUSED 127.0.0.1:6443'}},
    ]);
  });
  test('one that there is not, in the words of that error', async () => {
    const facts = {context: 'nowhere', known: ['kind']};
    const connect = async () => {
      throw new ExpectedError('context-unknown', facts);
    };
    const options = {provider: 'context' as const, context: 'nowhere'};
    const {exit, wrong} = await examined({connect, options, clusters: ['kind']});
    expect(wrong).toMatchObject([
      {state: 'stop', code: 'cluster-refuses', facts: {error: {code: 'context-unknown', facts}}},
    ]);
    expect(exit).toBe(1);
  });
  test('a kubeconfig that cannot be read, in the words of that error', async () => {
    const list = async () => {
      throw new ExpectedError('kubeconfig-unreadable', {file: '/k', detail: 'bad indentation'});
    };
    const {exit, wrong} = await examined({list, options: {provider: 'context', context: 'kind'}});
    expect(wrong).toMatchObject([
      {state: 'stop', code: 'cluster-refuses', facts: {error: {code: 'kubeconfig-unreadable'}}},
    ]);
    expect(exit).toBe(1);
  });
  test('a bug of ours is none: it keeps its stack', async () => {
    const bug = new TypeError("Cannot read properties of undefined (reading 'name')");
    const nodes = () => Promise.reject(bug);
    await expect(examined({nodes})).rejects.toBe(bug);
    const journal = () => {
      throw bug;
    };
    await expect(examined({journal})).rejects.toBe(bug);
  });
});

describe('a context', () => {
  test('has to be named, as for a run', async () => {
    const asked = examined({options: {provider: 'context'}, clusters: ['kind', 'room']});
    await expect(asked).rejects.toMatchObject({
      code: 'context-unknown',
      facts: {context: '', known: ['kind', 'room']},
      exitCode: 1,
    });
  });
});

describe('--fix', () => {
  const low = {
    machine: {inotifyInstances: 128, root: true},
    options: {provider: 'k3d' as const},
    clusters: [],
  };
  test('that fails is told, and so is all that was found', async () => {
    const fetchKubectl = async () => {
      throw new ExpectedError('kubectl-unfetched', {detail: 'no network'});
    };
    const {exit, errors, codes} = await examined({kubectl: noKubectl, fetchKubectl}, true);
    expect({exit, errors, codes}).toEqual({
      exit: 0,
      errors: ['kubectl-unfetched'],
      codes: ['warn kubectl-missing'],
    });
  });
  test('that fails does not keep the others from being tried', async () => {
    const fetchKubectl = async () => {
      throw new ExpectedError('kubectl-unfetched', {detail: 'no network'});
    };
    const here = {...low, kubectl: noKubectl, fetchKubectl, confirm: async () => true};
    expect(await examined(here, true)).toMatchObject({errors: ['kubectl-unfetched'], raised: [8192]});
  });
  test('is ended by Ctrl-C at its question', async () => {
    const confirm = () => Promise.reject(interrupted());
    await expect(examined({...low, confirm}, true)).rejects.toMatchObject({code: 'interrupted'});
  });
  test('that fails by a bug of ours keeps its stack', async () => {
    const bug = new TypeError('x is not a function');
    const fetchKubectl = () => Promise.reject(bug);
    await expect(examined({kubectl: noKubectl, fetchKubectl}, true)).rejects.toBe(bug);
  });
});
