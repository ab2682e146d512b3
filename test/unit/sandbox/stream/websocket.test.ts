import {once} from 'node:events';
import {expect, test} from 'vitest';
import {WebSocket} from 'ws';
import {openStreams} from './open-streams.ts';

/** An exec over WebSocket: what came on each channel, until the server closes. */
async function open(address: string, query: string, protocols: string[] = ['v5.channel.k8s.io']) {
  const socket = new WebSocket(`ws://${address}/api/v1/namespaces/default/pods/web/exec?${query}`, protocols);
  const channels: Record<number, string> = {};
  socket.on('message', (data: Buffer) => {
    const channel = data[0] ?? -1;
    channels[channel] = (channels[channel] ?? '') + data.subarray(1).toString();
  });
  const closed = once(socket, 'close');
  await once(socket, 'open');
  const send = (channel: number, text: string | Buffer) =>
    socket.send(Buffer.concat([Buffer.of(channel), Buffer.from(text)]));
  const ended = closed.then(() => ({...channels, 3: JSON.parse(channels[3] ?? 'null') as unknown}));
  return {socket, send, ended};
}

test('carries output and errors, and tells success', async () => {
  const {address, asked} = await openStreams({
    async say({stdout, stderr}) {
      stdout.write('out');
      stderr?.write('err');
      return 0;
    },
  });
  const {ended, socket} = await open(address, 'command=say&command=a%20b&stdout=true&stderr=true');
  expect(await ended).toEqual({1: 'out', 2: 'err', 3: {metadata: {}, status: 'Success'}});
  expect(socket.protocol).toBe('v5.channel.k8s.io');
  expect(asked[0]).toMatchObject({container: 'main', command: ['say', 'a b']});
  expect(asked[0]).not.toHaveProperty('stdin');
});

test('shows the output of a terminal as a terminal does, and loses none of it', async () => {
  const {address} = await openStreams({
    async list({stdout}) {
      stdout.write('one\n');
      stdout.write(Buffer.from('\xff\n', 'latin1'));
      stdout.write('three\n');
      return 0;
    },
  });
  const {ended} = await open(address, 'command=list&stdout=true&tty=true');
  expect((await ended)[1 as never]).toBe('one\r\n\ufffd\r\nthree\r\n');
});

test('tells an exit code as kubectl reads it', async () => {
  const {address} = await openStreams({fail: async () => 3});
  const {ended} = await open(address, 'command=fail&stdout=true');
  expect((await ended)[3]).toEqual({
    metadata: {},
    status: 'Failure',
    message: 'command terminated with non-zero exit code: exit status 3',
    reason: 'NonZeroExitCode',
    details: {causes: [{reason: 'ExitCode', message: '3'}]},
  });
});

test('tells what could not be started', async () => {
  const {address} = await openStreams({});
  const {ended} = await open(address, 'command=nope&stdout=true', ['v4.channel.k8s.io']);
  expect((await ended)[3]).toMatchObject({
    status: 'Failure',
    reason: 'InternalError',
    message: expect.stringContaining('"nope": executable file not found in $PATH'),
  });
});

test('ends standard input when v5 says so', async () => {
  const {address} = await openStreams({
    async cat({stdin, stdout}) {
      for await (const chunk of stdin ?? []) stdout.write(String(chunk).toUpperCase());
      return 0;
    },
  });
  const {send, ended} = await open(address, 'command=cat&stdin=true&stdout=true');
  send(0, 'abc');
  send(255, Buffer.of(0));
  expect((await ended)[1 as never]).toBe('ABC');
});

test('ends with the program, though standard input stays open', async () => {
  const {address} = await openStreams({ls: async ({stdout}) => Number(!stdout.write('file\n'))});
  const {ended} = await open(address, 'command=ls&stdin=true&stdout=true');
  expect(await ended).toMatchObject({1: 'file\n', 3: {status: 'Success'}});
});

test('tells the sizes of a terminal, and passes over what is none', async () => {
  const sizes: string[] = [];
  const {address} = await openStreams({
    sh: ({tty}) => {
      const {promise, resolve} = Promise.withResolvers<number>();
      tty?.onResize((columns, rows) => sizes.push(`${columns}x${rows}`) === 2 && resolve(0));
      return promise;
    },
  });
  const {send, ended} = await open(address, 'command=sh&stdin=true&stdout=true&tty=true');
  send(4, 'no size');
  send(4, JSON.stringify({Width: 120, Height: 40}));
  send(4, JSON.stringify({Width: 0, Height: 0}));
  send(4, JSON.stringify({Width: 80, Height: 25}));
  await ended;
  expect(sizes).toEqual(['120x40', '80x25']);
});

test('tells the program when the client is gone', async () => {
  const started = Promise.withResolvers<AbortSignal>();
  const {address} = await openStreams({
    wait: async ({signal}) => {
      started.resolve(signal);
      await once(signal, 'abort');
      return 0;
    },
  });
  const {socket} = await open(address, 'command=wait&stdout=true');
  const signal = await started.promise;
  socket.terminate();
  if (!signal.aborted) await once(signal, 'abort');
  expect(signal.aborted).toBe(true);
});

test('is refused with a protocol that nobody speaks here, and for a Pod that is not there', async () => {
  const {address, refused} = await openStreams({});
  const path = `ws://${address}/api/v1/namespaces/default/pods`;
  const unknown = new WebSocket(`${path}/web/exec?command=ls`, ['v1.channel.k8s.io']);
  expect(String((await once(unknown, 'error'))[0])).toContain('400');
  const missing = new WebSocket(`${path}/gone/exec?command=ls`, ['v5.channel.k8s.io']);
  expect(String((await once(missing, 'error'))[0])).toContain('404');
  expect(refused).toEqual([expect.objectContaining({message: expect.stringContaining('"gone" not found')})]);
});
