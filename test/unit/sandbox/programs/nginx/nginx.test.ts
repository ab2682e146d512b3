import {expect, test} from 'vitest';
import {NetworkError} from '../../../../../src/sandbox/network/pod-network.ts';
import {nginx} from '../../../../../src/sandbox/programs/nginx/nginx.ts';
import {testContainer} from '../container.ts';

/** A Pod's network, on which somebody has port 80 for so many tries. */
const takenFor = (tries: number) => {
  let left = tries;
  return {
    listen() {
      left -= 1;
      if (left >= 0) throw new NetworkError('EADDRINUSE', 'port 80 is already in use');
      return () => {};
    },
  };
};

const refusal = 'nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)\n';

test('where another server of the Pod has the port, nginx tries five times within two seconds and gives up', async () => {
  const {start, clock} = await testContainer({programs: {nginx}, network: takenFor(99)});
  const {said, ended} = start(['nginx']);
  await clock.advance(1999);
  expect(said().split(refusal)).toHaveLength(5);
  await clock.advance(1);
  expect((await ended).code).toBe(1);
  expect(said().split(refusal)).toHaveLength(6);
  expect(said()).toMatch(/nginx: \[emerg\] still could not bind\(\)\n$/);
});

test('a port that comes free meanwhile is taken', async () => {
  const {start, clock} = await testContainer({programs: {nginx}, network: takenFor(2)});
  const {said} = start(['nginx']);
  await clock.advance(1000);
  expect(said()).toContain('start worker processes');
});
