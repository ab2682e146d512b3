import {mkdtemp, readFile, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {buffer} from 'node:stream/consumers';
import {expect, test} from 'vitest';
import {tar} from '../../../../../src/sandbox/programs/tools/tar.ts';
import {testContainer} from '../container.ts';

const bytes = Buffer.from(Array.from({length: 256}, (_, value) => value));

async function withVolume() {
  const hostPath = await mkdtemp(join(tmpdir(), 'statelab-tar-'));
  await writeFile(join(hostPath, 'blob'), bytes);
  const mount = {path: '/data', hostPath, volumeRoot: hostPath, readOnly: false, filesystem: 'ext4'};
  return {
    hostPath,
    ...(await testContainer({programs: {tar}, mounts: [mount], files: {'/etc/motd': 'hi\n'}})),
  };
}

/** Runs it with bytes in and out, as kubectl cp does. */
async function piped({container}: Awaited<ReturnType<typeof withVolume>>, argv: string[], input?: Buffer) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const [out, err] = [buffer(stdout), buffer(stderr)];
  stdin.end(input);
  const {code} = await container.processes.spawn(argv, {stdin, stdout, stderr}).ended;
  stdout.end();
  stderr.end();
  return {code, archive: await out, said: String(await err)};
}

test('what was packed comes out byte for byte, without the slash that leads names', async () => {
  const inside = await withVolume();
  const {code, archive, said} = await piped(inside, ['tar', 'cf', '-', '/data', '/etc/motd']);
  // Whole blocks, and two empty ones at the end: kubectl takes nothing less.
  expect(archive.length).toBe(512 * 7);
  expect([code, said]).toEqual([0, "tar: removing leading '/' from member names\n"]);
  const listed = await piped(inside, ['tar', '-tf', '-'], archive);
  expect(String(listed.archive)).toBe('data/\ndata/blob\netc/motd\n');
  expect(await piped(inside, ['tar', '-xmf', '-', '-C', '/data'], archive)).toMatchObject({code: 0});
  expect(await readFile(join(inside.hostPath, 'data', 'blob'))).toEqual(bytes);
});

test('an archive can lie in a file, and be compressed', async () => {
  const inside = await withVolume();
  const {run} = inside;
  expect(await run(['tar', 'czf', '/data/all.tgz', '-C', '/data', 'blob'])).toMatchObject({
    code: 0,
    stderr: '',
  });
  expect(await run(['tar', 'tzf', '/data/all.tgz'])).toMatchObject({code: 0, stdout: 'blob\n'});
});

test('an archive does not lead out of the directory it is unpacked in', async () => {
  const inside = await withVolume();
  const {pack: newPack} = await import('tar-stream');
  const pack = newPack();
  pack.entry({name: '../../escaped'}, 'x');
  pack.finalize();
  await piped(inside, ['tar', 'xf', '-', '-C', '/data'], await buffer(pack));
  expect(await readFile(join(inside.hostPath, 'escaped'), 'utf8')).toBe('x');
});

test.each([
  [['tar', 'cf', '-', '/none'], '/none: No such file or directory'],
  [['tar', 'f', 'x'], 'need at least one option'],
])('%j is refused', async (argv, why) => {
  const {code, said} = await piped(await withVolume(), argv);
  expect(code).toBe(1);
  expect(said).toContain(why);
});

test('what is no archive is refused', async () => {
  expect((await piped(await withVolume(), ['tar', 'xf', '-'], Buffer.alloc(2048, 7))).code).toBe(1);
});
