import {writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {parse, stringify} from 'yaml';
import type {KubeconfigContent} from '../../src/kube/kubeconfig.ts';
import {labIds} from '../../src/lab/catalog.ts';
import {because, lacking} from '../contract/real-cluster.ts';
import {clusterName, deleteCluster, docker, k3d, kubectl} from '../helpers/k3d.ts';
import {type Learner, newLearner} from '../helpers/learner.ts';
import {moveIn, type Neighbourhood} from '../helpers/neighbours.ts';
import {snapshot} from '../helpers/snapshot.ts';

/** All nine labs as each learner take most of an hour; without the variable, some that tell the most. */
const everything = process.env.STATELAB_TEST_FOREIGN === 'all';

/** Which labs there are for whom; all others are refused. `short`: those that are walked without the variable. */
interface Case {
  who: string;
  context: 'admin' | 'ada';
  flags: string[];
  labs: string[];
  short: string[];
  drained: boolean;
}

const namespaced = ['emptydir', 'emptydir-statefulset', 'statefulset'];
const onNodes = [...namespaced, 'hostpath-deployment', 'hostpath-pod', 'pvc'];
const cases: Case[] = [
  {
    who: 'a learner with a namespace for each lab, and no other rights',
    context: 'ada',
    flags: ['--allow-node-operations'],
    labs: namespaced,
    short: ['emptydir-statefulset'],
    drained: false,
  },
  {
    who: 'an administrator',
    context: 'admin',
    flags: [],
    labs: onNodes,
    short: ['hostpath-pod'],
    drained: false,
  },
  {
    who: 'an administrator who allows node operations',
    context: 'admin',
    flags: ['--allow-node-operations'],
    labs: labIds(),
    short: ['static-pv', 'takeover'],
    drained: true,
  },
];

describe.skipIf(lacking.length > 0)(`a cluster in which others work${because}`, () => {
  const cluster = clusterName('foreign');
  let learner: Learner;
  let there: Neighbourhood;

  beforeAll(async () => {
    const image = ['--image', process.env.STATELAB_K3S_IMAGE ?? 'rancher/k3s:v1.35.4-k3s1'];
    const quiet = ['--kubeconfig-update-default=false', '--timeout', '180s'];
    await k3d('cluster', 'create', cluster, '--agents', '3', '--no-lb', ...image, ...quiet);
    const images = ['mariadb:11.8', 'nginx:1.26', 'busybox:1.37'];
    await k3d('image', 'import', ...images, '--cluster', cluster);
    learner = await newLearner();
    there = k3dNeighbourhood(cluster, join(learner.home, 'admin.yaml'));
    await writeFile(there.kubeconfig, await k3d('kubeconfig', 'get', cluster));
    await moveIn(there);
    learner.env.KUBECONFIG = await handedOut(there, learner.home);
  }, 600_000);
  afterAll(async () => {
    await deleteCluster(cluster);
    await learner?.leave();
  });

  const run = (command: string, lab: string, {context, flags}: Pick<Case, 'context' | 'flags'>) =>
    learner.run(
      ...[command, lab, '--provider', 'context', '--context', context, ...flags, '--yes', '--json'],
      ...(command === 'run' ? ['--auto'] : []),
    );

  test('a learner who may make nothing there is told what to ask for, and makes nothing', async () => {
    const before = await snapshot(there, {drained: false});
    for (const lab of labIds()) {
      const ended = await run('run', lab, {context: 'ada', flags: ['--allow-node-operations']});
      expect(ended.exitCode, lab).toBe(2);
      const code = namespaced.includes(lab) ? 'namespace-unprepared' : 'lab-needs';
      expect(ended.lines(), lab).toContainEqual(expect.objectContaining({type: 'error', code}));
    }
    expect(await snapshot(there, {drained: false})).toEqual(before);
    await prepare(there, namespaced);
  });

  describe.each(cases)('$who', ({labs, short, drained, ...how}) => {
    const walked = everything ? labs : short;
    const refused = labIds().filter(lab => !labs.includes(lab));
    let before: Record<string, string>;
    beforeAll(async () => {
      before = await snapshot(there, {drained});
    });

    test.skipIf(refused.length === 0)('is refused all other labs, with the reason', async () => {
      for (const lab of refused) {
        const ended = await run('run', lab, how);
        expect(ended.exitCode, lab).toBe(2);
        expect(ended.lines(), lab).toContainEqual(
          expect.objectContaining({type: 'error', code: 'lab-needs'}),
        );
      }
      await expectAsBefore();
    });

    test.each(walked)(
      'walks %s, and a reset leaves what was there',
      async lab => {
        const ended = await run('run', lab, how);
        expect(ended.lines().at(-1), ended.stdout.slice(-2_000)).toMatchObject({type: 'end', exit: 0});
        expect(ended.lines().filter(({type}) => type === 'reached').length).toBeGreaterThan(3);
        const reset = await run('reset', lab, how);
        expect(reset, reset.stdout.slice(-2_000)).toMatchObject({exitCode: 0, stderr: ''});
        await expectAsBefore();
      },
      900_000,
    );

    /** What was evicted needs a while to be Ready again, and a provisioner to clear away what it made. */
    const expectAsBefore = () =>
      expect.poll(() => snapshot(there, {drained}), {timeout: 90_000, interval: 3_000}).toEqual(before);
  });

  test('a volume of somebody that a claim would take keeps the labs away that have such claims', async () => {
    const free = ['patch', 'storageclass', 'team-fast', '-p'];
    const isDefault = (is: boolean) =>
      JSON.stringify({metadata: {annotations: {'storageclass.kubernetes.io/is-default-class': String(is)}}});
    await kubectl(there.kubeconfig, ...free, isDefault(true));
    const ended = await run('run', 'pvc', {context: 'admin', flags: []});
    expect(ended.lines()).toContainEqual(
      expect.objectContaining({
        ...{type: 'error', code: 'volumes-in-the-way'},
        message: expect.stringContaining('team-available'),
      }),
    );
    await kubectl(there.kubeconfig, ...free, isDefault(false));
  });
});

function k3dNeighbourhood(cluster: string, kubeconfig: string): Neighbourhood {
  const onNode = (node: string, script: string) => docker('exec', node, 'sh', '-c', script);
  return {
    kubeconfig,
    agents: [0, 1, 2].map(index => `k3d-${cluster}-agent-${index}`) as unknown as Neighbourhood['agents'],
    put: async (node, path) => void (await onNode(node, `mkdir -p ${dirname(path)} && echo ours > ${path}`)),
    async filesIn(node, directories) {
      const find = 'find $at -type d && find $at -type f -exec sha256sum {} +';
      const listing = await onNode(
        node,
        `for at in ${directories.join(' ')}; do [ -d $at ] && ${find}; done; true`,
      );
      return listing
        .split('\n')
        .filter(Boolean)
        .map(line => {
          const [, hash = 'directory', path = line] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
          return [path, hash];
        });
    },
  };
}

/** A kubeconfig with two contexts: an administrator's, and that of a ServiceAccount without any rights. */
async function handedOut({kubeconfig}: Neighbourhood, home: string): Promise<string> {
  await kubectl(kubeconfig, 'create', 'serviceaccount', 'ada', '-n', 'team-a');
  const token = (await kubectl(kubeconfig, 'create', 'token', 'ada', '-n', 'team-a', '--duration=8h')).trim();
  const {clusters = [], users = []} = parse(await k3dConfig(kubeconfig)) as KubeconfigContent;
  const cluster = clusters[0]?.name ?? '';
  const file = join(home, 'handed-out.yaml');
  const content: KubeconfigContent = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters,
    contexts: ['admin', 'ada'].map(name => ({name, context: {cluster, user: name}})),
    users: [
      {name: 'admin', user: users[0]?.user ?? {}},
      {name: 'ada', user: {token}},
    ],
  };
  await writeFile(file, stringify(content));
  return file;
}

const k3dConfig = (kubeconfig: string) => kubectl(kubeconfig, 'config', 'view', '--raw', '--flatten');

/** What statelab says that an administrator types. */
async function prepare({kubeconfig}: Neighbourhood, labs: readonly string[]): Promise<void> {
  for (const lab of labs) {
    const namespace = `statelab-${lab}`;
    await kubectl(kubeconfig, 'create', 'namespace', namespace);
    await kubectl(kubeconfig, 'label', 'namespace', namespace, `statelab.dev/lab=${lab}`);
    await kubectl(
      kubeconfig,
      ...['create', 'rolebinding', 'statelab', '-n', namespace],
      ...['--clusterrole=admin', '--serviceaccount=team-a:ada'],
    );
  }
}
