import {mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {systemTools} from '../../../../../src/sandbox/programs/tools/system-tools.ts';
import {testContainer} from '../container.ts';

async function withMemory(used: number) {
  const hostPath = await mkdtemp(join(tmpdir(), 'statelab-df-'));
  await writeFile(join(hostPath, 'big'), Buffer.alloc(used));
  const mount = {
    ...{path: '/scratch', hostPath, volumeRoot: hostPath},
    ...{readOnly: false, filesystem: 'tmpfs', size: 16 * 1024 ** 2},
  };
  return testContainer({programs: {...systemTools}, mounts: [mount]});
}

test.each([
  [0, 'tmpfs                     16384         0     16384   0% /scratch'],
  [4 * 1024 ** 2, 'tmpfs                     16384      4096     12288  25% /scratch'],
  [16 * 1024 ** 2, 'tmpfs                     16384     16384         0 100% /scratch'],
])('a volume in memory with %i bytes in it', async (used, line) => {
  const on = await withMemory(used);
  const {stdout} = await on.run(['df', '/scratch']);
  expect(stdout).toBe(`Filesystem            1K-blocks      Used Available Use% Mounted on\n${line}\n`);
});
