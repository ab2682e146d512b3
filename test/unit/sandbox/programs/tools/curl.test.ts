import {createServer} from 'node:http';
import {type AddressInfo, connect, createServer as createTcpServer, type Server} from 'node:net';
import {afterEach, expect, test} from 'vitest';
import {curl} from '../../../../../src/sandbox/programs/tools/curl.ts';
import {testContainer} from '../container.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** A container whose connections all go to one server. */
async function toServer(one: Server) {
  server = one;
  await new Promise<void>(resolve => one.listen(0, '127.0.0.1', resolve));
  const {port} = one.address() as AddressInfo;
  return testContainer({programs: {curl}, network: {connect: async () => connect(port, '127.0.0.1')}});
}

const greeting = createTcpServer(socket => socket.write('X\0\0\0\n11.8.6-MariaDB\0'));
const silent = createTcpServer(socket => socket.once('data', () => socket.end()));
const forbidding = createServer((_request, response) => response.writeHead(403).end('no'));

// As curl 8 said it on a real cluster.
test('a server that answers something else than HTTP was reached, and curl says so', async () => {
  const {run} = await toServer(greeting);
  expect(await run(['curl', '-sS', 'my-mysql-svc:3306'])).toMatchObject({
    stderr: 'curl: (1) Received HTTP/0.9 when not allowed\n',
    code: 1,
  });
});

test('a server that hangs up without an answer gives an empty reply', async () => {
  const {run} = await toServer(silent);
  expect(await run(['curl', '-sS', 'silent'])).toMatchObject({
    stderr: 'curl: (52) Empty reply from server\n',
    code: 52,
  });
});

test('with --fail an error of the server is one of curl’s, and is told unless it is silent', async () => {
  const {run} = await toServer(forbidding);
  expect(await run(['curl', '-sS', '-f', 'web'])).toMatchObject({
    stdout: '',
    stderr: 'curl: (22) The requested URL returned error: 403\n',
    code: 22,
  });
  expect(await run(['curl', '-s', '-f', 'web'])).toMatchObject({stderr: '', code: 22});
});
