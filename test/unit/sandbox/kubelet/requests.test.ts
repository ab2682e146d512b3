import {PassThrough} from 'node:stream';
import {text} from 'node:stream/consumers';
import {expect, test} from 'vitest';
import {openNode} from './open-node.ts';

async function webNode() {
  const node = await openNode();
  node.create(
    'web',
    {command: ['serve']},
    {initContainers: [{name: 'init', image: 'tool:1', command: ['exit', '0', 'hi']}]},
  );
  await node.until(() => node.status('web')?.phase === 'Running');
  return node;
}
const signal = new AbortController().signal;

test('exec runs a command and tells how it ended', async () => {
  const {exec} = await webNode();
  expect(await exec('web', ['exit', '3', 'three'])).toEqual({code: 3, output: 'three\n'});
});

test.each([
  ['nope', undefined, 404, 'pods "nope" not found'],
  ['web', 'nope', 400, 'container nope is not valid for pod web'],
  ['web', 'init', 500, 'Internal error occurred: unable to upgrade connection: container not found ("init")'],
  ['pending', undefined, 400, 'pod pending does not have a host assigned'],
])('exec in %s, container %s, is refused', async (pod, container, code, message) => {
  const {exec, create, kubelets} = await webNode();
  create('pending', {}, {nodeName: undefined} as object);
  await expect(exec(pod, ['env'], container)).rejects.toMatchObject({code, message});
  // That it does not run is told through the connection.
  if (code === 500) expect(kubelets.check('lab', pod, container)).toBe(container);
  else expect(() => kubelets.check('lab', pod, container)).toThrow(message);
});

test('exec of what the image lacks', async () => {
  const {exec} = await webNode();
  await expect(exec('web', ['nosuch'])).rejects.toThrow(
    /^Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "[0-9a-f]{64}": OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in \$PATH: unknown$/,
  );
});

test('kill from within: pid 1 takes no SIGKILL, and no SIGTERM without a handler', async () => {
  const {create, until, pass, status, containers, exec} = await openNode();
  create('deaf', {command: ['sleep']});
  await until(() => status('deaf')?.phase === 'Running');
  for (const kind of ['SIGKILL', 'SIGTERM']) await exec('deaf', ['kill', '1', kind]);
  await pass(1000);
  expect(containers('deaf')[0]?.restartCount).toBe(0);
});

test('the log of a Pod without a node is empty, as the API server has nobody to ask', async () => {
  const {create, log} = await openNode();
  create('pending', {}, {nodeName: undefined} as object);
  expect(await log('pending')).toBe('');
  await expect(log('pending', {container: 'nope'})).rejects.toThrow(
    'container nope is not valid for pod pending',
  );
});

test('attach talks to the main process until the container ends', async () => {
  const {create, until, status, kubelets, containers} = await openNode();
  create('shell', {command: ['echo'], stdin: true, stdinOnce: true}, {restartPolicy: 'Never'});
  await until(() => status('shell')?.phase === 'Running');
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  const attached = kubelets.attach({namespace: 'lab', pod: 'shell', stdin, stdout, signal});
  stdin.end('hello');
  expect(await attached).toEqual({code: 0});
  stdout.end();
  expect(await text(stdout)).toBe('heard hello');
  await until(() => containers('shell')[0]?.state?.terminated);
});

test('a client that goes away leaves the container running', async () => {
  const {kubelets, status, pass} = await webNode();
  const gone = new AbortController();
  const attached = kubelets.attach({
    namespace: 'lab',
    pod: 'web',
    stdout: new PassThrough(),
    signal: gone.signal,
  });
  gone.abort();
  await attached;
  await pass(1000);
  expect(status('web')?.phase).toBe('Running');
});

test('logs of each container, also of one that has ended', async () => {
  const {log} = await webNode();
  expect(await log('web')).toBe('serving\n');
  expect(await log('web', {container: 'init'})).toBe('hi\n');
});

test('--previous shows the run before, if there was one', async () => {
  const {log, create, until, containers} = await webNode();
  await expect(log('web', {previous: true})).rejects.toMatchObject({
    code: 400,
    message: 'previous terminated container "c" in pod "web" not found',
  });
  create('crash', {command: ['exit', '1', 'oh']});
  await until(() => containers('crash')[0]?.state?.waiting?.reason === 'CrashLoopBackOff', 30_000, 10);
  expect(await log('crash')).toBe('oh\n');
  expect(await log('crash', {previous: true})).toBe('oh\n');
});

test.each([
  [{image: 'redis:7'}, {}, "image can't be pulled"],
  [
    {volumeMounts: [{name: 'v', mountPath: '/v'}]},
    {volumes: [{name: 'v', configMap: {name: 'nope'}}]},
    'ContainerCreating',
  ],
  [{}, {initContainers: [{name: 'i', image: 'tool:1', command: ['sleep']}]}, 'PodInitializing'],
])('logs of what has not started yet: %o %o', async (container, spec, reason) => {
  const {create, until, status, log, pass} = await openNode();
  create('web', container, spec);
  await until(() => status('web')?.phase === 'Pending');
  await pass(1000);
  await expect(log('web')).rejects.toMatchObject({
    code: 400,
    message: `container "c" in pod "web" is waiting to start: ${reason}`,
  });
});

test('a connection to a port of the Pod', async () => {
  const {kubelets} = await webNode();
  const socket = await kubelets.connect('lab', 'web', 80);
  socket.write('GET / HTTP/1.1\r\n\r\n');
  expect(await text(socket)).toContain('200 OK');
  await expect(kubelets.connect('lab', 'web', 81)).rejects.toMatchObject({code: 'ECONNREFUSED'});
});

test('what a container left to say about its end', async () => {
  const {create, until, containers} = await openNode();
  create('file', {command: ['write', '/dev/termination-log', 'bye']}, {restartPolicy: 'Never'});
  create(
    'log',
    {command: ['exit', '4', 'last line'], terminationMessagePolicy: 'FallbackToLogsOnError'},
    {restartPolicy: 'Never'},
  );
  await until(() => containers('file')[0]?.state?.terminated && containers('log')[0]?.state?.terminated);
  expect(containers('file')[0]?.state?.terminated?.message).toBe('bye');
  expect(containers('log')[0]?.state?.terminated?.message).toBe('last line\n');
});
