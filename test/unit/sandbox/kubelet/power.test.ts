import {expect, test} from 'vitest';
import {openNode} from './open-node.ts';

/** A node with Pods of every kind on it, all settled. */
async function busyNode() {
  const node = await openNode();
  const volumes = [
    {name: 'disk', emptyDir: {}},
    {name: 'memory', emptyDir: {medium: 'Memory'}},
  ];
  const volumeMounts = volumes.map(({name}) => ({name, mountPath: `/${name}`}));
  const initContainers = [{name: 'init', image: 'tool:1', command: ['exit', '0']}];
  node.create('always', {command: ['serve'], volumeMounts}, {volumes, initContainers});
  node.create('never', {command: ['sleep']}, {restartPolicy: 'Never'});
  node.create('done', {command: ['exit', '0']}, {restartPolicy: 'Never'});
  node.create('gone', {command: ['serve']});
  await node.until(
    () => node.status('always')?.phase === 'Running' && node.status('gone')?.phase === 'Running',
  );
  await node.until(
    () => node.status('done')?.phase === 'Succeeded' && node.status('never')?.phase === 'Running',
  );
  await node.pass(1000);
  for (const path of ['/disk/f', '/memory/f']) await node.exec('always', ['write', path, path]);
  return node;
}

test('a node that is switched off writes nothing and answers nobody', async () => {
  const {machine, registry, status, log, exec, pass} = await busyNode();
  const version = registry.version;
  await machine.stop();
  await pass(60_000, 5000);
  expect(registry.version).toBe(version);
  expect(status('always')?.phase).toBe('Running');
  await expect(exec('always', ['env'])).rejects.toThrow(
    'Internal error occurred: error dialing backend: dial tcp 172.18.0.3:10250: connect: no route to host',
  );
  await expect(log('always')).rejects.toThrow(
    'Get "https://172.18.0.3:10250/containerLogs/lab/always/c": dial tcp 172.18.0.3:10250: connect: no route to host',
  );
});

test.each(['node', 'process'])(
  'after a restart of the %s, containers are started again and counted',
  async what => {
    const node = await busyNode();
    const {machine, status, containers, until, pass, pod, remove, exec, events} = node;
    if (what === 'node') await machine.stop();
    remove('gone');
    if (what === 'node') await machine.start();
    else await node.restart();
    await until(() => containers('always')[1]?.restartCount === 1);
    await until(() => !pod('gone'));
    await pass(1000);
    expect(containers('always').map(({name, restartCount, ready}) => [name, restartCount, ready])).toEqual([
      ['init', 1, true],
      ['c', 1, true],
    ]);
    expect(containers('always')[1]?.lastState).toMatchObject({
      terminated: {exitCode: 255, reason: 'Unknown'},
    });
    expect(events('always')).toContain(
      'SandboxChanged ×1: Pod sandbox changed, it will be killed and re-created.',
    );
    expect(status('never')).toMatchObject({
      phase: 'Failed',
      containerStatuses: [{restartCount: 0, state: {terminated: {exitCode: 255, reason: 'Unknown'}}}],
    });
    expect(status('never')).not.toHaveProperty('podIP');
    expect(status('done')).toMatchObject({phase: 'Succeeded', containerStatuses: [{restartCount: 0}]});
    const {output} = await exec('always', ['cat', '/disk/f', '/memory/f']);
    expect(output).toContain('/disk/f\nENOENT');
  },
);

test('what a Pod of a stopped node held is free at once', async () => {
  const {machine, create, until, status, registry} = await busyNode();
  await machine.stop();
  for (const pod of registry.list('pods', 'lab'))
    registry.delete('pods', 'lab', pod.metadata.name, {gracePeriodSeconds: 0});
  await machine.start();
  create('web', {command: ['serve']});
  await until(() => status('web')?.phase === 'Running');
  expect(status('web')?.podIP).toBe('10.42.1.2');
  expect(await machine.files.list('/var/lib/kubelet/pods')).toEqual([]);
  expect(await machine.files.list('/var/log/pods')).toHaveLength(1);
});
