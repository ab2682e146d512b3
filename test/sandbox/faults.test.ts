import {once} from 'node:events';
import {mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {connect} from 'node:tls';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {readConfig, readRunning} from '../../src/sandbox/life/files.ts';
import {canMount, mountSmallDisk} from '../helpers/small-disk.ts';
import {type SandboxProcess, sandboxProcess} from './sandbox-process.ts';

/** How often the process is killed: SANDBOX_KILLS=100 for the long way. */
const kills = Number(process.env.SANDBOX_KILLS ?? 20);

const configMaps = '/api/v1/namespaces/default/configmaps';
const configMap = (name: string, data: Record<string, string> = {}) =>
  JSON.stringify({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name}, data});

describe('a process that is killed in the middle of writes', () => {
  test(`${kills} times: nothing that was acknowledged is lost, and kubectl goes on`, async () => {
    const sandbox = await sandboxProcess();
    onTestFinished(() => sandbox.remove());
    const told = {made: new Set<string>(), deleted: new Set<string>(), count: 0};
    await sandbox.start();
    await sandbox.ask('POST', configMaps, {body: configMap('counter', {count: '0'})});
    for (let round = 0; round < kills; round += 1) {
      // The process dies when so many answers have come, with others on their way.
      await writeUntil(sandbox, round, 1 + ((round * 7) % 40), told);
      await sandbox.start();
      const there = await dataOf(sandbox);
      expect([...told.made].filter(name => !there.has(name))).toEqual([]);
      expect([...told.deleted].filter(name => there.has(name))).toEqual([]);
      expect(Number(there.get('counter')?.count)).toBeGreaterThanOrEqual(told.count);
    }
    expect((await sandbox.kubectl(['create', 'configmap', 'after'])).output).toBe(
      'configmap/after created\n',
    );
    const {output} = await sandbox.kubectl(['get', 'configmaps', '-o', 'name']);
    expect(output).toContain('configmap/after\n');
    expect(await readFile(join(sandbox.directory, 'log'), 'utf8')).toBe('');
  }, 600_000);
});

interface Told {
  made: Set<string>;
  deleted: Set<string>;
  count: number;
}

/** Creates, changes and deletes at the same time; kills the process after some answers, whatever is still asked. */
async function writeUntil(
  sandbox: SandboxProcess,
  round: number,
  answers: number,
  told: Told,
): Promise<void> {
  let left = answers;
  const killed = Promise.withResolvers<void>();
  const answered = () => {
    left -= 1;
    if (left === 0) sandbox.kill().then(killed.resolve, killed.reject);
  };
  const write = async (method: string, path: string, body: string, told: () => void) => {
    const {status, text} = await sandbox.ask(method, path, {body});
    if (status >= 300) throw new Error(text);
    told();
    answered();
  };
  const endlessly = async (step: (count: number) => Promise<void>) => {
    for (let count = 0; ; count += 1) await step(count);
  };
  const creating = (writer: number) =>
    endlessly(count => {
      const name = `made-${round}-${writer}-${count}`;
      return write('POST', configMaps, configMap(name), () => told.made.add(name));
    });
  const counting = endlessly(() => {
    const next = told.count + 1;
    return write('PUT', `${configMaps}/counter`, configMap('counter', {count: String(next)}), () => {
      told.count = next;
    });
  });
  const deleting = endlessly(async count => {
    const name = `gone-${round}-${count}`;
    await write('POST', configMaps, configMap(name), () => {});
    await write('DELETE', `${configMaps}/${name}`, '', () => told.deleted.add(name));
  });
  const writers = await Promise.allSettled([creating(0), creating(1), creating(2), counting, deleting]);
  await killed.promise;
  for (const writer of writers)
    expect(['ECONNRESET', 'ECONNREFUSED', 'EPIPE']).toContain(
      writer.status === 'rejected' ? writer.reason.code : undefined,
    );
}

async function dataOf(sandbox: SandboxProcess): Promise<Map<string, Record<string, string>>> {
  const {text} = await sandbox.ask('GET', configMaps);
  const {items} = JSON.parse(text) as {items: {metadata: {name: string}; data?: Record<string, string>}[]};
  return new Map(items.map(({metadata, data = {}}) => [metadata.name, data]));
}

test('after a crash, nodes that were switched off are off, and files are on their nodes', async () => {
  const sandbox = await sandboxProcess();
  onTestFinished(() => sandbox.remove());
  const client = await sandbox.start();
  const [, kept, off] = ['server-0', 'agent-0', 'agent-1'].map(node => `sandbox-faults-${node}`);
  await sandbox.kubectl(['apply', '-f', '-'], podOn(kept ?? '', 'writer', '/data', ['sleep', '1000']));
  await sandbox.kubectl(['wait', '--for=condition=Ready', 'pod/writer', '--timeout=60s']);
  // Not by its own command, which would write it anew after the crash.
  await sandbox.kubectl(['exec', 'writer', '--', 'sh', '-c', 'echo precious > /data/file']);
  const file = join(sandbox.directory, 'nodes', kept ?? '', 'data', 'file');
  expect(await readFile(file, 'utf8')).toBe('precious\n');
  await client.stopMachine(off ?? '', AbortSignal.timeout(10_000));
  await sandbox.kill();
  const {machines} = await (await sandbox.start()).report(AbortSignal.timeout(10_000));
  expect(machines.filter(({running}) => !running).map(({name}) => name)).toEqual([off]);
  expect(await readFile(file, 'utf8')).toBe('precious\n');
  const ready = await sandbox.kubectl(['wait', '--for=condition=Ready', 'pod/writer', '--timeout=60s']);
  expect(ready).toEqual({exitCode: 0, output: 'pod/writer condition met\n'});
  await expect
    .poll(async () => (await sandbox.kubectl(['exec', 'writer', '--', 'cat', '/data/file'])).output)
    .toBe('precious\n');
});

const podOn = (node: string, name: string, path: string, command: readonly string[], type = '') =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name},
    spec: {
      nodeName: node,
      terminationGracePeriodSeconds: 0,
      containers: [
        {name: 'main', image: 'busybox:1.37', command, volumeMounts: [{name: 'host', mountPath: '/data'}]},
      ],
      volumes: [{name: 'host', hostPath: {path, type}}],
    },
  });

describe.skipIf(!canMount)(
  `a disk that is full${canMount ? '' : ' (skipped: no file system can be mounted)'}`,
  () => {
    test('is told as 500, costs nothing that was acknowledged, and is over when there is room', async () => {
      const disk = await mkdtemp(join(tmpdir(), 'statelab-disk-'));
      onTestFinished(() => rm(disk, {recursive: true}));
      mountSmallDisk(disk, '32m');
      const sandbox = await sandboxProcess(disk);
      onTestFinished(() => sandbox.remove());
      await sandbox.start();
      await writeFile(join(disk, 'filler'), Buffer.alloc(16 << 20));
      const made: string[] = [];
      const large = {large: 'x'.repeat(500_000)};
      const create = (name: string) => sandbox.ask('POST', configMaps, {body: configMap(name, large)});
      let refused = await create('large-0');
      for (; refused.status === 201; refused = await create(`large-${made.length}`))
        made.push(`large-${made.length}`);
      expect(made.length).toBeGreaterThan(3);
      expect(JSON.parse(refused.text)).toMatchObject({kind: 'Status', code: 500, reason: 'InternalError'});
      expect(refused.text).toContain('the sandbox cannot write its state to disk (database or disk is full)');
      expect([...(await dataOf(sandbox)).keys()].filter(name => name.startsWith('large'))).toEqual(
        made.sort(),
      );
      const told = await sandbox.kubectl(['create', '-f', '-'], configMap('told', large));
      expect(told).toMatchObject({exitCode: 1, output: expect.stringContaining('Is the disk full?')});

      await rm(join(disk, 'filler'));
      await expect.poll(async () => (await create('again')).status, {timeout: 20_000}).toBe(201);
      await sandbox.kill();
      await sandbox.start();
      const names = [...(await dataOf(sandbox)).keys()].filter(name => name.startsWith('large'));
      expect(names).toEqual(made);
      expect((await dataOf(sandbox)).has('again')).toBe(true);
    });
  },
);

describe('a start', () => {
  test('takes another port when somebody has its own', async () => {
    const sandbox = await sandboxProcess();
    onTestFinished(() => sandbox.remove());
    await sandbox.start();
    await sandbox.kill();
    const {port} = (await readConfig(sandbox.directory)) ?? {};
    // It takes connections and says nothing.
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    await sandbox.start();
    expect((await readRunning(sandbox.directory))?.port).not.toBe(port);
    expect((await sandbox.kubectl(['get', 'nodes', '-o', 'name'])).output).toContain(
      'sandbox-faults-agent-1',
    );
  });
  test('that two ask for at once is one, also after a crash', async () => {
    const sandbox = await sandboxProcess();
    onTestFinished(() => sandbox.remove());
    for (const _ of ['at first', 'after a crash']) {
      const clients = await Promise.all([1, 2, 3].map(() => sandbox.start()));
      const reports = await Promise.all(clients.map(client => client.report(AbortSignal.timeout(10_000))));
      expect(new Set(reports.map(({pid}) => pid)).size).toBe(1);
      await sandbox.kill();
    }
    await sandbox.start();
  });
});

describe('on one sandbox', () => {
  let sandbox: SandboxProcess;
  const heard: string[] = [];
  /** What any client gets to see is looked through for the host's paths at the end. */
  const ask: SandboxProcess['ask'] = async (...question) => {
    const answer = await sandbox.ask(...question);
    heard.push(answer.text);
    return answer;
  };
  const kubectl: SandboxProcess['kubectl'] = async (...command) => {
    const ended = await sandbox.kubectl(...command);
    heard.push(ended.output);
    return ended;
  };
  beforeAll(async () => {
    sandbox = await sandboxProcess();
    await sandbox.start();
  });
  afterAll(() => sandbox.remove());

  describe('a request that makes no sense is refused', () => {
    const deep = (open: string, close: string, times: number) => open.repeat(times) + close.repeat(times);
    test.each<[string, number, string, string, string | Buffer, string?]>([
      ['JSON that stops short', 400, 'POST', configMaps, '{"apiVersion": "v1", "kind": '],
      ['nothing at all', 400, 'POST', configMaps, ''],
      ['a list', 400, 'POST', configMaps, '[]'],
      ['bytes that are no text', 400, 'POST', configMaps, Buffer.from([0xff, 0xfe, 0x00, 0x80])],
      ['JSON of endless depth', 400, 'POST', configMaps, `{"data":${deep('[', ']', 200_000)}}`],
      ['YAML that is none', 400, 'POST', configMaps, 'a: [b\n\tc: }', 'application/yaml'],
      ['YAML of endless depth', 400, 'POST', configMaps, deep('[', ']', 10_000), 'application/yaml'],
      [
        'protobuf that is none',
        400,
        'POST',
        configMaps,
        'k8s\0nonsense',
        'application/vnd.kubernetes.protobuf',
      ],
      ['another type', 415, 'POST', configMaps, '<xml/>', 'text/xml'],
      ['10 MB', 413, 'POST', configMaps, configMap('big', {big: 'x'.repeat(10 << 20)})],
      [
        'a patch that is none',
        400,
        'PATCH',
        `${configMaps}/kube-root-ca.crt`,
        '{',
        'application/merge-patch+json',
      ],
      ['a path that is no path', 400, 'GET', '/api/v1/namespaces/%E0%A4%A/pods', ''],
      ['a name that climbs', 404, 'GET', '/api/v1/namespaces/..%2f..%2f..%2fetc/configmaps/passwd', ''],
      ['a method that is not for it', 405, 'OPTIONS', configMaps, ''],
    ])('%s: %i', async (_, status, method, path, body, type) => {
      const answer = await ask(method, path, {body, ...(type && {headers: {'content-type': type}})});
      expect(answer.status, answer.text.slice(0, 500)).toBe(status);
      expect(JSON.parse(answer.text)).toMatchObject({kind: 'Status', status: 'Failure', code: status});
    });
    test('and one that never ends keeps nobody waiting', async () => {
      const {port = 0} = (await readRunning(sandbox.directory)) ?? {};
      const slow = Array.from({length: 20}, () => {
        const socket = connect({port, host: '127.0.0.1', rejectUnauthorized: false});
        socket.on('error', () => {});
        socket.write('POST /api/v1/namespaces HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{');
        return socket;
      });
      onTestFinished(() => {
        for (const socket of slow) socket.destroy();
      });
      expect((await ask('GET', '/api/v1/nodes')).status).toBe(200);
    });
  });

  describe.each([
    ['no token', ''],
    ['a wrong token', 'x'.repeat(43)],
  ])('with %s', (_, token) => {
    test.each([
      ['GET', '/api/v1/secrets'],
      ['GET', '/apis/apps/v1/deployments'],
      ['GET', '/openapi/v3'],
      ['GET', '/sandbox/v1'],
      ['POST', '/sandbox/v1/shutdown'],
      ['POST', '/api/v1/namespaces/default/configmaps'],
      ['GET', '/no/such/path'],
    ])('%s %s is refused', async (method, path) => {
      const {status, text} = await ask(method, path, {token});
      expect([status, JSON.parse(text).message]).toEqual([401, 'Unauthorized']);
    });
    test('a stream is refused', async () => {
      const headers = {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      };
      const {status} = await ask('GET', '/api/v1/namespaces/default/pods/a/exec?command=sh', {
        token,
        headers,
      });
      expect(status).toBe(401);
    });
  });

  describe('a path stays on its node', () => {
    const node = 'sandbox-faults-agent-0';
    const onNode = (path: string) => join(sandbox.directory, 'nodes', node, path);
    const run = (name: string, path: string, script: string, type?: string) =>
      runToEnd(name, podOn(node, name, path, ['sh', '-c', script], type));
    /** What a Pod that ends wrote. */
    async function runToEnd(name: string, pod: string): Promise<string> {
      const bare = JSON.parse(pod);
      await kubectl(
        ['apply', '-f', '-'],
        JSON.stringify({...bare, spec: {...bare.spec, restartPolicy: 'Never'}}),
      );
      const wait = ['wait', '--for=jsonpath={.status.phase}=Succeeded', `pod/${name}`, '--timeout=30s'];
      expect((await kubectl(wait)).output).toContain('condition met');
      return (await kubectl(['logs', name])).output;
    }

    test('of a hostPath that climbs', async () => {
      const {output} = await kubectl(['apply', '-f', '-'], podOn(node, 'up', '/a/../../../etc', ['true']));
      expect(output).toContain(`hostPath.path: Invalid value: "/a/../../../etc": must not contain '..'`);
    });
    test.each([
      ['etc', '/etc', 'etc'],
      ['proc', '/proc/self/root/etc', 'proc/self/root/etc'],
      ['cwd', '/proc/self/cwd', 'proc/self/cwd'],
    ])('of a hostPath that is one of the host: %s', async (name, path, place) => {
      const output = await run(name, path, `ls -A /data; echo here > /data/${name}`);
      expect(output).not.toContain('passwd');
      expect(await readFile(onNode(join(place, name)), 'utf8')).toBe('here\n');
    });
    test('behind links that a Pod has made', async () => {
      const canary = join(sandbox.directory, 'canary');
      await writeFile(canary, 'from the host');
      const up = '/..'.repeat(20);
      const links = `ln -s ${up.slice(1)}${canary} /data/relative; ln -s ${canary} /data/absolute; ln -s / /data/root`;
      await run('linker', '/links', links);
      const reading = await run(
        'reader',
        '/links',
        'cat /data/relative /data/absolute /data/root/canary; true',
      );
      expect(reading).not.toContain('from the host');
      await run('through', `/links/root${sandbox.directory}`, 'echo mine > /data/canary');
      expect(await readFile(canary, 'utf8')).toBe('from the host');
      expect(await readFile(onNode(join(sandbox.directory, 'canary')), 'utf8')).toBe('mine\n');
      await run('writer', '/links', `echo mine > /data/relative; rm -rf /data/root/*; true`);
      expect(await readFile(canary, 'utf8')).toBe('from the host');
      await rm(onNode('links'), {recursive: true});
    });
    test('of a subPath', async () => {
      const pod = JSON.parse(podOn(node, 'sub', '/sub', ['true']));
      pod.spec.containers[0].volumeMounts[0].subPath = '../../etc';
      const {output} = await kubectl(['apply', '-f', '-'], JSON.stringify(pod));
      expect(output).toContain('subPath: Invalid value: "../../etc": must not contain \'..\'');
    });
    test('of a subPath behind a link', async () => {
      await run('sublink', '/sub', 'ln -s /etc /data/link; ln -s ../../../../../../../../etc /data/climb');
      for (const subPath of ['link', 'climb']) {
        const pod = JSON.parse(podOn(node, `sub-${subPath}`, '/sub', ['ls', '/data']));
        pod.spec.containers[0].volumeMounts[0].subPath = subPath;
        await kubectl(['apply', '-f', '-'], JSON.stringify(pod));
        await kubectl([
          'wait',
          '--for=jsonpath={.status.containerStatuses}',
          `pod/sub-${subPath}`,
          '--timeout=30s',
        ]);
        expect((await kubectl(['logs', `sub-${subPath}`])).output).not.toContain('passwd');
      }
    });
    test('of files where directories should be', async () => {
      await run('file', '/plain', 'echo > /data/file');
      await kubectl(
        ['apply', '-f', '-'],
        podOn(node, 'below', '/plain/file/below', ['true'], 'DirectoryOrCreate'),
      );
      await kubectl(
        ['apply', '-f', '-'],
        podOn(node, 'none', '/plain/file/none/x', ['true'], 'FileOrCreate'),
      );
      await kubectl(['apply', '-f', '-'], podOn(node, 'long', `/plain/${'x'.repeat(300)}`, ['true']));
      for (const pod of ['below', 'none', 'long']) {
        const events = ['get', 'events', '--field-selector', `reason=FailedMount,involvedObject.name=${pod}`];
        await expect
          .poll(async () => (await kubectl(events)).output, {timeout: 20_000})
          .toContain('FailedMount');
      }
    });
    test('in what a shell can ask', async () => {
      const script =
        'cat /data/none; mkdir /data/a/b/c; cat /data; rmdir /data; mv /data /x; ls /data/none; mount; df; cat /proc/mounts; ' +
        'cat /proc/self/mountinfo; readlink -f /data; realpath /data; stat /data; env; ps; ls -la /proc/self; cp /data /y; echo x > /data; exit 0';
      await run('shell', '/shell', `(${script}) 2>&1`);
    });
  });

  test('in the end nobody was told where it lies on the host', async () => {
    for (const args of [
      ['get', 'all,events,pv,pvc,configmaps,nodes', '-A', '-o', 'yaml'],
      ['describe', 'pods,nodes', '-A'],
    ])
      await kubectl(args);
    const leaks = heard
      .flatMap(text => text.split('\n'))
      .filter(line => line.includes('hidden-from-clients'));
    // But for the one path that a Pod asked for itself.
    expect(leaks.filter(line => !line.includes(`/links/root`) && !line.includes('canary'))).toEqual([]);
  });
  test('its log has nothing to tell', async () => {
    expect(await readFile(join(sandbox.directory, 'log'), 'utf8')).toBe('');
  });
  test('its files are for its owner alone', async () => {
    const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    expect(await mode(sandbox.directory)).toBe('700');
    const files = (await readdir(sandbox.directory, {withFileTypes: true})).filter(one => one.isFile());
    const modes = await Promise.all(
      files
        .filter(({name}) => name !== 'canary')
        .map(async ({name}) => [name, await mode(join(sandbox.directory, name))]),
    );
    expect(modes.filter(([, its]) => its !== '600')).toEqual([]);
    expect(modes.length).toBeGreaterThan(4);
  });
});
