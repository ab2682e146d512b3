import {once} from 'node:events';
import {type AddressInfo, createServer, type Socket} from 'node:net';
import {expect, test} from 'vitest';
import {lookAtPort} from '../../../src/kube/local.ts';

const never = new AbortController().signal;

/** A server for a test, on a port of its own. */
async function listening(greet: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    greet(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

test('a server that greets: what of it can be printed', async () => {
  await using server = await listening(socket =>
    socket.end(Buffer.from('\x4a\x00\x00\x00\x0a11.8.2-MariaDB\x00\xff!', 'latin1')),
  );
  expect(await lookAtPort(server.port, never)).toEqual({
    object: `127.0.0.1:${server.port}`,
    ok: true,
    text: 'J \n11.8.2-MariaDB !',
  });
});

test('one that waits to be spoken to is open, and has said nothing', async () => {
  await using server = await listening(() => {});
  expect(await lookAtPort(server.port, never)).toMatchObject({ok: true, text: ''});
});

test('one that does not stop talking is not heard out', async () => {
  await using server = await listening(socket => {
    socket.on('error', () => {});
    socket.write('x'.repeat(1_000_000));
  });
  const {ok, text} = await lookAtPort(server.port, never);
  expect([ok, text.length >= 4_096]).toEqual([true, true]);
});

test('nobody listens', async () => {
  const server = await listening(() => {});
  await server[Symbol.asyncDispose]();
  expect(await lookAtPort(server.port, never)).toEqual({
    object: `127.0.0.1:${server.port}`,
    ok: false,
    text: 'ECONNREFUSED',
  });
});

test('whoever asked may give up', async () => {
  await using server = await listening(() => {});
  const stopping = new AbortController();
  const looking = lookAtPort(server.port, stopping.signal);
  stopping.abort(new Error('enough'));
  await expect(looking).rejects.toThrow('enough');
});
