import {mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {JsonLine} from '../../src/ui/json.ts';
import type {Undo} from '../../src/world/baseline.ts';
import {kubectl} from '../helpers/k3d.ts';
import type {Ended, Running} from '../helpers/learner.ts';
import type {Place} from '../helpers/places.ts';

/** The lab that is killed, and one that is begun afterwards. */
const [killed, next] = ['hostpath-deployment', 'emptydir'];
const namespace = `statelab-${killed}`;
const rounds = Number(process.env.RESTORE_KILLS ?? 1);

/**
 * Whenever statelab is killed outright, the next start says what is left, offers to undo it, and proves that it is
 * undone. RESTORE_KILLS says how often each kill is tried.
 */
export function killSuite(open: () => Promise<Place & {where: string[]}>): void {
  let place: Place & {where: string[]};
  let kubeconfig: string;
  let before: unknown;
  let agents: string[];

  const run = (...args: string[]) => place.learner.run(...args, ...place.where, '--json');
  const start = (...args: string[]) => place.learner.start(...args, ...place.where, '--json');
  const typed = (...args: string[]) => kubectl(kubeconfig, ...args);
  const [first, second] = [() => agents[0] ?? '', () => agents[1] ?? ''];

  beforeAll(async () => {
    place = await open();
  });
  afterAll(() => place?.leave());

  async function up(): Promise<void> {
    const {exitCode, stderr, lines} = await run('cluster', 'up');
    expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''});
    const told = lines().find(line => line.type === 'progress' && line.task === 'cluster-up');
    kubeconfig = told?.type === 'progress' ? (told.line ?? '') : '';
    await typed('wait', '--for=condition=Ready', 'node', '--all', '--timeout=120s');
    before = await nodes();
    agents = (await typed('get', 'nodes', '-o', 'name', '-l', '!node-role.kubernetes.io/control-plane'))
      .split('\n')
      .filter(Boolean)
      .map(name => name.replace('node/', ''));
  }

  /** What of the nodes is the same after a restore; a node that does not run is not Ready. */
  async function nodes(): Promise<unknown> {
    const {items} = JSON.parse(await typed('get', 'nodes', '-o', 'json')) as {items: NodeObject[]};
    return items
      .map(({metadata: {name, labels}, spec: {taints = [], unschedulable = false}, status}) => ({
        name,
        labels,
        unschedulable,
        taints,
        ready: status.conditions.find(({type}) => type === 'Ready')?.status,
      }))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /** A learner works in a terminal of their own while the lab is open in this one. */
  async function opened(): Promise<Running> {
    const running = start('run', killed, '--yes');
    await running.untilLine(({type}) => type === 'judged');
    return running;
  }

  async function killOutright(running: Running): Promise<void> {
    running.kill('SIGKILL');
    expect((await running.ended).exitCode).toBeUndefined();
  }

  /** Another lab is begun: what it says before it goes on. */
  async function offered(): Promise<JsonLine[]> {
    const running = start('run', next, '--yes');
    await running.untilLine(({type}) => type === 'judged');
    running.kill('SIGTERM');
    return (await running.ended).lines();
  }

  const planIn = (lines: readonly JsonLine[], because: string): Undo[] | undefined => {
    const plan = lines.find(line => line.type === 'restore-plan' && line.because === because);
    return plan?.type === 'restore-plan' ? (plan.steps as Undo[]) : undefined;
  };
  const auditIn = (lines: readonly JsonLine[]) => lines.find(({type}) => type === 'audit');

  /** All labs are taken back, and nothing is left that was not there at first. */
  async function cleared(): Promise<void> {
    const ended = await run('restore', '--yes');
    expect(ended).toMatchObject({exitCode: 0, stderr: ''});
    expect(await place.leftBehind(kubeconfig)).toEqual([]);
    expect(await nodes()).toEqual(before);
  }

  describe('a kill while the cluster is made', () => {
    test.each(times())('the next start has it, and nothing else (%i)', async round => {
      const making = start('cluster', 'up');
      let said = 0;
      await making.until(() => said++ >= round % 4);
      await killOutright(making);
      await up();
      const {exitCode, lines} = await run('restore', '--dry-run');
      expect({exitCode, plan: planIn(lines(), 'asked')}).toEqual({exitCode: 0, plan: undefined});
      expect(await place.leftBehind(kubeconfig)).toEqual([]);
      if (round < rounds) expect((await run('cluster', 'down', '--yes')).exitCode).toBe(0);
    });
  });

  describe('a kill after', () => {
    test.each(times())('a cordon (%i)', async round => {
      const running = await opened();
      await typed('cordon', first());
      await killAtOnceOrLater(running, round);
      expect(planIn(await offered(), 'start')).toEqual([{type: 'uncordon', node: first()}]);
      expect(await nodes()).toEqual(before);
      await cleared();
    });

    test.each(times())('a drain was begun (%i)', async round => {
      const running = await opened();
      await applied(sleeper(second()));
      await typed('wait', '-n', namespace, '--for=condition=Ready', 'pod/sleeper', '--timeout=120s');
      const drain = typed('drain', second(), '--ignore-daemonsets', '--delete-emptydir-data', '--force');
      drain.catch(() => {}); // it may end as it likes
      await typed('wait', '--for=jsonpath={.spec.unschedulable}=true', `node/${second()}`, '--timeout=60s');
      await killAtOnceOrLater(running, round);
      expect(planIn(await offered(), 'start')).toEqual([{type: 'uncordon', node: second()}]);
      await drain.catch(() => {});
      expect(await nodes()).toEqual(before);
      await cleared();
    });

    test.each(times())('a node was stopped (%i)', async round => {
      const running = await opened();
      expect((await run('node', 'stop', first())).exitCode).toBe(0);
      await killAtOnceOrLater(running, round);
      const lines = await offered();
      expect(planIn(lines, 'start')).toContainEqual({type: 'start-node', node: first()});
      expect(auditIn(lines)).toMatchObject({lab: killed, scope: 'nodes', clean: true});
      expect(await nodes()).toEqual(before);
      await cleared();
    });

    test.each(times())('the out-of-service taint was set (%i)', async round => {
      const running = await opened();
      expect((await run('node', 'stop', second())).exitCode).toBe(0);
      const taint = 'node.kubernetes.io/out-of-service=nodeshutdown:NoExecute';
      await typed('taint', 'node', second(), taint);
      await killAtOnceOrLater(running, round);
      const lines = await offered();
      expect(planIn(lines, 'start')).toEqual([
        {type: 'start-node', node: second()},
        {type: 'taints', node: second(), taints: []},
      ]);
      expect(auditIn(lines)).toMatchObject({clean: true});
      expect(await nodes()).toEqual(before);
      await cleared();
    });

    test.each(times())('a reset was begun (%i)', async round => {
      const running = await opened();
      await applied(volume, sleeper(first()));
      await typed('wait', '-n', namespace, '--for=condition=Ready', 'pod/sleeper', '--timeout=120s');
      await typed('cordon', second());
      running.kill('SIGTERM');
      await running.ended;
      const resetting = start('reset', killed, '--yes');
      let done = 0;
      await resetting.untilLine(
        line =>
          line.type === 'progress' &&
          line.task === 'restore' &&
          (round % 2 === 0 ? line.state === 'started' : line.state === 'done') &&
          done++ >= round % 3,
      );
      await killOutright(resetting);
      const lines = await offered();
      expect(planIn(lines, 'interrupted')?.length).toBeGreaterThan(0);
      expect(auditIn(lines)).toMatchObject({lab: killed, scope: 'lab', clean: true});
      expect(await nodes()).toEqual(before);
      expect((await place.leftBehind(kubeconfig)).filter(name => name.includes(killed))).toEqual([]);
      await cleared();
    });
  });

  test('the lab itself goes on with its nodes as they are; another one asks first', async () => {
    const running = await opened();
    await typed('cordon', first());
    await killOutright(running);
    const again = start('run', killed);
    await again.untilLine(({type}) => type === 'judged');
    again.kill('SIGTERM');
    expect(planIn((await again.ended).lines(), 'resumed')).toEqual([{type: 'uncordon', node: first()}]);
    const refused = await run('run', next);
    expect(refused.exitCode).toBe(2);
    expect(planIn(refused.lines(), 'start')).toEqual([{type: 'uncordon', node: first()}]);
    expect(errorsIn(refused)).toEqual(['needs-answer']);
    await cleared();
  });

  /** Sometimes before statelab has seen it, sometimes after. */
  async function killAtOnceOrLater(running: Running, round: number): Promise<void> {
    if (round % 2 === 0) await run('status');
    await killOutright(running);
  }

  async function applied(...objects: object[]): Promise<void> {
    const file = join(await mkdtemp(join(tmpdir(), 'statelab-manifest-')), 'all.json');
    await writeFile(file, JSON.stringify({apiVersion: 'v1', kind: 'List', items: objects}));
    await typed('apply', '--namespace', namespace, '-f', file);
  }
}

const times = () => Array.from({length: rounds}, (_none, index) => index + 1);

const errorsIn = (ended: Ended) => ended.lines().flatMap(line => (line.type === 'error' ? [line.code] : []));

interface NodeObject {
  metadata: {name: string; labels: Record<string, string>};
  spec: {taints?: object[]; unschedulable?: boolean};
  status: {conditions: {type: string; status: string}[]};
}

const volume = {
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: {name: 'of-killed', labels: {'statelab.dev/lab': killed}},
  spec: {
    capacity: {storage: '1Gi'},
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'by-hand',
    hostPath: {path: `/var/lib/statelab/${killed}`, type: 'DirectoryOrCreate'},
  },
};

/** Its Pod takes its time to end, and has written files. */
const sleeper = (node: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {name: 'sleeper'},
  spec: {
    nodeSelector: {'kubernetes.io/hostname': node},
    terminationGracePeriodSeconds: 3,
    containers: [
      {
        name: 'shell',
        image: 'busybox:1.37',
        imagePullPolicy: 'IfNotPresent',
        command: ['sh', '-c', 'touch /data/file; sleep 3600'],
        volumeMounts: [{name: 'data', mountPath: '/data'}],
      },
    ],
    volumes: [{name: 'data', hostPath: {path: `/var/lib/statelab/${killed}`, type: 'DirectoryOrCreate'}}],
  },
});
