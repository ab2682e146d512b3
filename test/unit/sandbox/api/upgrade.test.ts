import {once} from 'node:events';
import {request} from 'node:https';
import {describe, expect, test} from 'vitest';
import {badRequest} from '../../../../src/sandbox/status-error.ts';
import type {StreamTarget} from '../../../../src/sandbox/stream/handle-upgrade.ts';
import {openApi} from './open-api.ts';

/** Asks for an upgrade of a Pod's subresource; answers with the status and body of the refusal, or 101. */
async function upgrade(
  path: string,
  streams: (target: StreamTarget) => boolean,
  headers: Record<string, string> = {authorization: 'Bearer the-token'},
) {
  const {server, registry} = await openApi({
    streams(_, socket, __, target) {
      const taken = streams(target);
      if (taken)
        socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
      return taken;
    },
  });
  registry.create('serviceaccounts', {metadata: {name: 'default', namespace: 'lab'}});
  registry.create('pods', {
    metadata: {name: 'web', namespace: 'lab'},
    spec: {containers: [{name: 'nginx', image: 'nginx:1.26'}]},
  });
  const asking = request({
    host: '127.0.0.1',
    port: server.port,
    path: `/api/v1/namespaces/lab/pods/${path}`,
    rejectUnauthorized: false,
    headers: {...headers, upgrade: 'websocket', connection: 'Upgrade'},
  });
  asking.end();
  const refused = once(asking, 'response').then(async ([response]) => {
    let text = '';
    for await (const chunk of response) text += chunk;
    return [response.statusCode, JSON.parse(text).message];
  });
  return Promise.race([refused, once(asking, 'upgrade').then(() => [101, ''])]);
}

describe('a connection to be upgraded', () => {
  test('is handed over with what it is for', async () => {
    let asked: StreamTarget | undefined;
    const take = (target: StreamTarget) => {
      asked = target;
      return true;
    };
    const query = 'exec?command=ls&command=-l&container=nginx&stdin=true&stdout=true&stderr=true&tty=true';
    expect(await upgrade(`web/${query}`, take)).toEqual([101, '']);
    expect(asked).toEqual({
      subresource: 'exec',
      namespace: 'lab',
      pod: 'web',
      container: 'nginx',
      command: ['ls', '-l'],
      stdin: true,
      stdout: true,
      // With a terminal there is one output.
      stderr: false,
      tty: true,
    });
  });

  test.each([
    ['without a token', 'web/exec', {}, [401, 'Unauthorized']],
    ['for no Pod', 'nope/portforward', undefined, [404, 'pods "nope" not found']],
    ['for what is no stream', 'web/status', undefined, [400, expect.stringContaining('unable to upgrade')]],
    ['in no known protocol', 'web/attach', undefined, [400, expect.stringContaining('unable to upgrade')]],
  ])('is refused %s', async (_, path, headers, answer) => {
    expect(await upgrade(path, () => false, headers)).toEqual(answer);
  });

  test('is refused as the streams say', async () => {
    const refuse = () => {
      throw badRequest('container nope is not valid for pod web');
    };
    expect(await upgrade('web/exec', refuse)).toEqual([400, 'container nope is not valid for pod web']);
  });
});
