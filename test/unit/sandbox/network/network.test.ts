import {once} from 'node:events';
import type {Duplex} from 'node:stream';
import {describe, expect, test} from 'vitest';
import {createNetwork} from '../../../../src/sandbox/network/network.ts';
import {openRegistry} from '../../../../src/sandbox/registry/open.ts';
import {resourceTypes} from '../../../../src/sandbox/schema/resources.ts';
import {manualClock} from '../manual-clock.ts';

/** Three Pods of two namespaces: web-0 and web-1 of shop, other of lab. */
function cluster() {
  const clock = manualClock();
  const registry = openRegistry({directory: ':memory:', types: resourceTypes, strategies: {}, clock});
  for (const name of ['shop', 'lab']) registry.create('namespaces', {metadata: {name}});
  const machines = {list: () => [{name: 'node-a', ip: '172.18.0.3'}]} as unknown as Parameters<
    typeof createNetwork
  >[1];
  const network = createNetwork(registry, machines, clock);
  const join = (ip: string, namespace: string, hostname: string) => network.join({ip, namespace, hostname});
  const pods = {
    web0: join('10.42.1.2', 'shop', 'web-0'),
    web1: join('10.42.1.3', 'shop', 'web-1'),
    other: join('10.42.1.4', 'lab', 'other'),
  };
  const service = (name: string, clusterIP: string, spec: object = {}) =>
    registry.create('services', {
      metadata: {name, namespace: 'shop'},
      spec: {clusterIP, ports: [{name: 'http', port: 80, targetPort: 8080, nodePort: 30080}], ...spec},
    });
  const endpoints = (name: string, list: readonly {ip: string; hostname?: string; ready?: boolean}[]) =>
    registry.create('endpointslices.discovery.k8s.io', {
      metadata: {name: `${name}-1`, namespace: 'shop', labels: {'kubernetes.io/service-name': name}},
      addressType: 'IPv4',
      ports: [{name: 'http', port: 8080}],
      endpoints: list.map(({ip, hostname, ready = true}) => ({
        addresses: [ip],
        conditions: {ready},
        ...(hostname !== undefined && {hostname}),
      })),
    });
  return {clock, network, ...pods, service, endpoints};
}

const greet = (text: string) => (socket: Duplex) => void socket.end(text);
async function read(socket: Duplex): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

describe('DNS', () => {
  test('gives the cluster IP of a Service, by all the names it goes by', () => {
    const {web0, other, service} = cluster();
    service('web', '10.43.7.7');
    for (const name of [
      'web',
      'web.shop',
      'web.shop.svc',
      'web.shop.svc.cluster.local',
      'WEB.shop.svc.cluster.local.',
    ])
      expect(web0.resolve(name), name).toEqual(['10.43.7.7']);
    expect(other.resolve('web')).toEqual([]);
    expect(other.resolve('web.shop')).toEqual(['10.43.7.7']);
  });
  test('gives the ready Pods of a headless Service, and each by its host name', () => {
    const {web0, service, endpoints} = cluster();
    service('web', 'None');
    endpoints('web', [
      {ip: '10.42.1.2', hostname: 'web-0'},
      {ip: '10.42.1.3', hostname: 'web-1'},
      {ip: '10.42.1.9', hostname: 'web-2', ready: false},
    ]);
    expect(web0.resolve('web')).toEqual(['10.42.1.2', '10.42.1.3']);
    expect(web0.resolve('web-1.web.shop.svc.cluster.local')).toEqual(['10.42.1.3']);
    expect(web0.resolve('web-1.web')).toEqual(['10.42.1.3']);
    expect(web0.resolve('web-2.web')).toEqual([]);
    expect(web0.resolve('web-1')).toEqual([]);
  });
  test('knows no Pods of a Service that has a cluster IP', () => {
    const {web0, service, endpoints} = cluster();
    service('web', '10.43.7.7');
    endpoints('web', [{ip: '10.42.1.2', hostname: 'web-0'}]);
    expect(web0.resolve('web-0.web')).toEqual([]);
  });
  test('knows localhost, oneself and addresses', () => {
    const {web0} = cluster();
    expect([web0.resolve('localhost'), web0.resolve('web-0'), web0.resolve('10.1.2.3')]).toEqual([
      ['127.0.0.1'],
      ['10.42.1.2'],
      ['10.1.2.3'],
    ]);
    expect(web0.resolve('10-42-1-3.shop.pod.cluster.local')).toEqual(['10.42.1.3']);
  });
  test('follows an external name', () => {
    const {web0, service} = cluster();
    service('web', '10.43.7.7');
    service('alias', '', {type: 'ExternalName', externalName: 'web.shop.svc.cluster.local'});
    expect(web0.resolve('alias')).toEqual(['10.43.7.7']);
  });
});

describe('a connection', () => {
  test('reaches a Pod, and tells who comes', async () => {
    const {web0, other} = cluster();
    web0.listen(8080, (socket, from) => void socket.end(`hello ${from}`));
    expect(await read(await other.connect('10.42.1.2', 8080))).toBe('hello 10.42.1.4');
    expect(await read(await web0.connect('localhost', 8080))).toBe('hello 10.42.1.2');
  });
  test('carries both ways', async () => {
    const {web0, other} = cluster();
    web0.listen(8080, socket => void socket.pipe(socket));
    const socket = await other.connect('10.42.1.2', 8080);
    socket.end('there and back');
    expect(await read(socket)).toBe('there and back');
  });
  test('is refused where nobody listens', async () => {
    const {web0, other} = cluster();
    await expect(other.connect('10.42.1.2', 8080)).rejects.toMatchObject({code: 'ECONNREFUSED'});
    const stop = web0.listen(8080, greet('x'));
    expect(() => web0.listen(8080, greet('y'))).toThrow(expect.objectContaining({code: 'EADDRINUSE'}));
    stop();
    await expect(other.connect('10.42.1.2', 8080)).rejects.toMatchObject({code: 'ECONNREFUSED'});
  });
  test('to an address that is nobody’s fails after three seconds', async () => {
    const {other, clock} = cluster();
    let code = '';
    const failed = other.connect('10.42.9.9', 80).catch((error: {code: string}) => {
      code = error.code;
    });
    await clock.advance(2_999);
    expect(code).toBe('');
    await clock.advance(1);
    await failed;
    expect(code).toBe('EHOSTUNREACH');
  });
  test('to a name that is nobody’s fails', async () => {
    await expect(cluster().other.connect('nope', 80)).rejects.toMatchObject({code: 'ENOTFOUND'});
  });
  test('to a Service goes to one ready Pod after the other, at the Pods’ port', async () => {
    const {web0, web1, other, service, endpoints} = cluster();
    service('web', '10.43.7.7');
    endpoints('web', [{ip: '10.42.1.2'}, {ip: '10.42.1.3'}, {ip: '10.42.1.9', ready: false}]);
    web0.listen(8080, greet('0'));
    web1.listen(8080, greet('1'));
    const answers: string[] = [];
    for (let turn = 0; turn < 4; turn++) answers.push(await read(await other.connect('web.shop', 80)));
    expect(answers.toSorted()).toEqual(['0', '0', '1', '1']);
    await expect(other.connect('web.shop', 81)).rejects.toMatchObject({code: 'ECONNREFUSED'});
  });
  test('to a Service without endpoints is refused', async () => {
    const {other, service} = cluster();
    service('web', '10.43.7.7');
    await expect(other.connect('web.shop', 80)).rejects.toMatchObject({code: 'ECONNREFUSED'});
  });
  test('to a node’s port goes to the Service of that port', async () => {
    const {web0, other, service, endpoints} = cluster();
    service('web', '10.43.7.7', {type: 'NodePort'});
    endpoints('web', [{ip: '10.42.1.2'}]);
    web0.listen(8080, greet('by node'));
    expect(await read(await other.connect('172.18.0.3', 30080))).toBe('by node');
    await expect(other.connect('172.18.0.3', 30081)).rejects.toMatchObject({code: 'ECONNREFUSED'});
  });
  test('ends with either of its Pods', async () => {
    for (const leaving of ['web0', 'other'] as const) {
      const pods = cluster();
      pods.web0.listen(8080, socket => void socket.resume());
      const socket = await pods.other.connect('10.42.1.2', 8080);
      socket.resume();
      const closed = once(socket, 'close');
      pods[leaving].leave();
      await closed;
      expect(socket.destroyed).toBe(true);
    }
  });
  test('from outside comes as from the Pod itself', async () => {
    const {network, web0} = cluster();
    web0.listen(8080, (socket, from) => void socket.end(from));
    expect(await read(await network.connect('10.42.1.2', 8080))).toBe('127.0.0.1');
    await expect(network.connect('10.42.9.9', 8080)).rejects.toMatchObject({code: 'ECONNREFUSED'});
  });
});
