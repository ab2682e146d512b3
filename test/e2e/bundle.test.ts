import {execFileSync, spawn} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, symlinkSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type JsonLine, jsonLineSchema} from '../../src/ui/json.ts';
import {lacking} from '../contract/real-cluster.ts';
import {type Engine, startEngine, withoutEngine} from '../helpers/engine.ts';
import {docker} from '../helpers/k3d.ts';
import {type Learner, newLearner} from '../helpers/learner.ts';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const missing = [...lacking, ...withoutEngine];
const because = missing.length > 0 ? ` (skipped: there is no ${missing.join(', ')})` : '';

describe.skipIf(missing.length > 0)(`a bundle${because}`, () => {
  let facilitator: Learner;
  let learner: Learner;
  let engine: Engine;
  let file: string;
  beforeAll(async () => {
    facilitator = await newLearner();
    learner = await newLearner({STATELAB_K3S_IMAGE: undefined, K3D_IMAGE_TOOLS: undefined});
    file = join(facilitator.home, 'class.tar');
    engine = await startEngine();
  });
  afterAll(async () => {
    await engine?.end();
    await learner?.leave();
    await facilitator?.leave();
  });

  /** statelab on the learner's machine, where there are Docker and Node.js and nothing else. */
  function there(...args: string[]) {
    const programs = join(learner.home, 'programs');
    if (!existsSync(programs)) {
      mkdirSync(programs);
      for (const program of ['docker', 'sh']) symlinkSync(found(program), join(programs, program));
    }
    const [nsenter = '', ...rest] = engine.there([process.execPath, cli, ...args, '--json']);
    const child = spawn(found(nsenter), rest, {
      env: {...learner.env, ...engine.env, PATH: programs},
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<number | null>(resolve => child.on('close', resolve));
    return {child, ended, lines: createInterface({input: child.stdout})};
  }
  async function thereToTheEnd(...args: string[]) {
    const {ended, lines} = there(...args);
    const said: JsonLine[] = [];
    for await (const line of lines) said.push(jsonLineSchema.parse(JSON.parse(line)));
    return {exitCode: await ended, said};
  }

  test('that does not fit on the disk leaves nothing, and says what to do', async () => {
    const disk = join(facilitator.home, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'none', disk]);
    try {
      const ended = await facilitator.run('bundle', 'save', join(disk, 'class.tar'));
      expect(ended.exitCode).toBe(1);
      expect(ended.stderr).toMatch(/could not be written: ENOSPC.*Nothing of it was left behind/);
      expect(readdirSync(disk)).toEqual([]);
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  test('that is given up leaves nothing', async () => {
    const saving = facilitator.start('bundle', 'save', file, '--json');
    await saving.untilLine(
      line =>
        (line.type === 'progress' && line.line === 'Creating node') ||
        /Starting servers/.test(JSON.stringify(line)),
    );
    saving.kill('SIGINT');
    expect((await saving.ended).exitCode).toBe(130);
    expect(readdirSync(facilitator.home).filter(name => name.startsWith('class'))).toEqual([]);
    expect(await docker('ps', '--all', '--quiet', '--filter', 'label=k3d.cluster=statelab-bundle')).toBe('');
    expect(await docker('volume', 'ls', '--quiet', '--filter', 'name=k3d-statelab-bundle')).toBe('');
  });

  test('is saved', async () => {
    const ended = await facilitator.run('bundle', 'save', file, '--json');
    expect(ended).toMatchObject({exitCode: 0, stderr: ''});
    expect(ended.lines().at(-1)).toMatchObject({type: 'bundle-saved', file, database: 'mariadb'});
    expect(readdirSync(facilitator.home).filter(name => name.startsWith('class'))).toEqual(['class.tar']);
  });

  test('without it there is nothing on the other machine', async () => {
    const {exitCode, said} = await thereToTheEnd('cluster', 'up', '--provider', 'k3d');
    expect(said.at(-1)).toMatchObject({type: 'error', code: 'program-missing'});
    expect(exitCode).toBe(1);
  });

  test('is taken in there, and tells what it is', async () => {
    const {exitCode, said} = await thereToTheEnd('bundle', 'load', file);
    expect(said).toContainEqual(expect.objectContaining({type: 'bundle', platform: process.platform}));
    expect(said.at(-1)).toMatchObject({
      type: 'bundle-loaded',
      put: [expect.stringMatching(/^kubectl v/), expect.stringMatching(/^k3d v/)],
    });
    expect(exitCode).toBe(0);
  });

  test('then the first lab runs there, without a network', async () => {
    const {child, ended, lines} = there('run', 'hostpath-deployment', '--provider', 'k3d', '--auto');
    const seen: JsonLine[] = [];
    for await (const line of lines) {
      seen.push(jsonLineSchema.parse(JSON.parse(line)));
      if (seen.filter(({type}) => type === 'reached').length < 2) continue;
      child.kill('SIGINT');
      break;
    }
    await ended;
    expect(seen.filter(({type}) => type === 'reached')).toMatchObject([{step: 'apply'}, {}]);
    expect(seen.filter(line => /docker pull/.test(JSON.stringify(line)))).toEqual([]);
  });
});

const found = (program: string): string =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, program))
    .find(existsSync) ?? program;
