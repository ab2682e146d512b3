import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {temporaryDirectory} from '../temporary-directory.ts';
import {labRegistry} from './open.ts';

/** `KILLS=100 vitest run kill.test.ts` kills more often. */
const kills = Number(process.env.KILLS ?? 20);

test(`nothing acknowledged is lost when the process is killed, ${kills} times`, {
  timeout: kills * 5_000,
}, async () => {
  const directory = temporaryDirectory();
  let newest = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const acknowledged = await writeUntilKilled(directory, 1 + ((kill * 7) % 23));
    const {registry, close} = labRegistry({directory});
    const round = Number(registry.get('configmaps', 'lab', 'counter')?.data?.round);
    expect(round).toBeGreaterThanOrEqual(acknowledged.round);
    // What was done in one turn is there together, or not at all.
    const names = registry.list('configmaps', 'lab').map(({metadata}) => metadata.name);
    const rounds = [round - 2, round - 1, round].filter(one => one > 0);
    expect(names.toSorted()).toEqual(['counter', ...rounds.map(one => `round-${one}`)].toSorted());
    expect(registry.version).toBeGreaterThanOrEqual(Math.max(acknowledged.version, newest));
    // A watch goes on where it was.
    const created: string[] = [];
    registry.watch('configmaps', acknowledged.version, ({type, object}) => {
      if (type === 'ADDED') created.push(object.metadata.name);
    });
    expect(created).toEqual(
      Array.from(
        {length: round - acknowledged.round},
        (_, index) => `round-${acknowledged.round + index + 1}`,
      ),
    );
    newest = registry.version;
    await close();
  }
});

/** Kills a writer as soon as it has said so many rounds. @returns the last one that it had said by then */
async function writeUntilKilled(
  directory: string,
  rounds: number,
): Promise<{round: number; version: number}> {
  const program = fileURLToPath(new URL('../../../fixtures/sandbox/write-forever.ts', import.meta.url));
  const child = spawn(process.execPath, [program, directory], {stdio: ['ignore', 'pipe', 'inherit']});
  const ended = once(child, 'close');
  const said: string[] = [];
  for await (const line of createInterface({input: child.stdout})) {
    said.push(line);
    if (said.length === rounds) child.kill('SIGKILL');
  }
  await ended;
  return JSON.parse(said.at(-1) ?? '{}');
}
