import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeAll, describe, expect, onTestFinished, test, vi} from 'vitest';
import {getLab} from '../../src/lab/catalog.ts';
import {takeLock} from '../../src/progress/lock.ts';
import {type Learner, newLearner} from '../helpers/learner.ts';
import {atTerminal, script} from '../helpers/terminal.ts';

vi.setConfig({testTimeout: 180_000, hookTimeout: 180_000});

const lab = 'hostpath-deployment';
const {title} = getLab(lab).texts.en;
const plan = '  - Delete the namespace statelab-hostpath-deployment with all in it\n';

describe('where a lab has left something', () => {
  let learner: Learner;
  beforeAll(async () => {
    learner = await newLearner();
    const {exitCode} = await learner.run('run', lab, '--provider', 'sandbox', '--timeout', '1');
    expect(exitCode).toBe(1);
    return async () => {
      await learner.run('cluster', 'down', '--provider', 'sandbox', '--yes');
      await learner.leave();
    };
  });

  test('reset shows what it would do, says which flag agrees, and does nothing', async () => {
    const {stdout, stderr, exitCode} = await learner.run('reset', lab);
    expect({stdout, exitCode}).toEqual({
      stdout: `Setting the lab "${title}" back means:\n${plan}`,
      exitCode: 2,
    });
    expect(stderr).toContain(
      'There is no terminal to ask: Do that, and begin the lab anew?\nAnswer beforehand with --yes.\n',
    );
  });

  test('restore --dry-run shows it', async () => {
    expect(await learner.run('restore', '--dry-run')).toMatchObject({
      stdout: `To undo what the lab "${title}" left:\n${plan}`,
      stderr: '',
      exitCode: 1,
    });
  });

  test('restore without --yes and without a terminal shows it too', async () => {
    expect(await learner.run('restore', '--lang', 'ja')).toMatchObject({
      stdout: expect.stringMatching(
        /^ラボ「.*」が残したものを元に戻すには:\n {2}- 名前空間「.*」を中のものごと削除\n$/,
      ),
      stderr: expect.stringContaining('クラスター「statelab」で以上を実行しますか？'),
      exitCode: 2,
    });
  });

  test.skipIf(script === undefined)('restore asks at a terminal, and Enter alone does nothing', async () => {
    const terminal = atTerminal(['restore'], learner.env);
    await terminal.until(/Do that on the cluster statelab\?/);
    terminal.press('\r');
    expect(await terminal.ended).toBe(1);
    expect((await learner.run('restore', '--dry-run')).exitCode).toBe(1);
  });

  test('restore --yes does it, proves it, and says what it has looked at', async () => {
    const {stdout, exitCode} = await learner.run('restore', '--yes');
    expect({stdout, exitCode}).toEqual({
      stdout: `To undo what the lab "${title}" left:\n${plan}Looked again and found nothing left: the state, labels and taints of all 3 nodes, namespaces, PersistentVolumes, and 4 directories where the lab keeps files.\nNothing is left of any lab.\n`,
      exitCode: 0,
    });
    expect(await learner.run('restore')).toMatchObject({
      stdout: 'Nothing is left of any lab.\n',
      stderr: '',
      exitCode: 0,
    });
  });
});

test('where no lab was ever begun, nothing is left', async () => {
  const learner = await newLearner();
  onTestFinished(() => learner.leave());
  expect(await learner.run('restore', '--json')).toMatchObject({stderr: '', exitCode: 0});
});

describe('where the cluster is not to be found', () => {
  let learner: Learner;
  const notFound =
    'There is no sandbox cluster "statelab" here. Either it is deleted, or this terminal looks elsewhere (DOCKER_HOST, MINIKUBE_HOME). Labs that may have left something in it: hostpath-deployment.\n';
  beforeAll(async () => {
    learner = await newLearner();
    await learner.run('run', lab, '--provider', 'sandbox', '--timeout', '1');
    await learner.run('cluster', 'down', '--provider', 'sandbox', '--yes');
    return () => learner.leave();
  });
  const journal = () => readFile(join(learner.home, 'statelab', 'data', 'journals', `${lab}.jsonl`), 'utf8');

  test('restore --dry-run says so, and forgets nothing', async () => {
    const before = await journal();
    expect(await learner.run('restore', '--dry-run')).toMatchObject({stdout: notFound, exitCode: 1});
    expect(await journal()).toBe(before);
  });
  test('of other clusters nothing is asked', async () => {
    for (const where of [
      ['--provider', 'context', '--context', 'statelab'],
      ['--cluster', 'other'],
    ])
      expect((await learner.run('restore', ...where)).stdout).toBe('Nothing is left of any lab.\n');
  });
  test('a context of the environment is none of a cluster’s concern', async () => {
    learner.env.STATELAB_CONTEXT = 'class';
    const {stdout} = await learner.run('restore', '--dry-run', '--provider', 'sandbox');
    delete learner.env.STATELAB_CONTEXT;
    expect(stdout).toBe(notFound);
  });
  test('a lab that is open in another terminal is not forgotten, and that is told', async () => {
    const before = await journal();
    const other = takeLock(join(learner.home, 'statelab', 'data', 'journals', `${lab}.lock`));
    if ('heldBy' in other) throw new Error('nobody else has it');
    const ended = await learner.run('restore', '--yes');
    other.release();
    expect(ended).toMatchObject({
      stdout: notFound,
      stderr: `The lab "${title}" is open in another terminal (process ${process.pid}), so what it did to the cluster stays. Quit it there, then try again.\n`,
      exitCode: 1,
    });
    expect(await journal()).toBe(before);
  });
  test('restore asks before it forgets', async () => {
    expect(await learner.run('restore')).toMatchObject({stdout: notFound, exitCode: 2});
    expect(await learner.run('restore', '--yes')).toMatchObject({
      stdout: `${notFound}Nothing is left of any lab.\n`,
      exitCode: 0,
    });
  });
  test('what was reached is set back only when it is agreed to, also where nothing is left', async () => {
    const before = await journal();
    expect(await learner.run('reset', lab)).toMatchObject({
      stdout: `The lab "${title}" has left nothing in the cluster.\n`,
      exitCode: 2,
    });
    expect(await journal()).toBe(before);
    expect(await learner.run('reset', lab, '--yes')).toMatchObject({exitCode: 0});
  });
});

test('a lab whose cluster is gone is set back without it', async () => {
  const learner = await newLearner();
  onTestFinished(() => learner.leave());
  await learner.run('run', lab, '--provider', 'sandbox', '--timeout', '1');
  await learner.run('cluster', 'down', '--provider', 'sandbox', '--yes');
  expect(await learner.run('reset', lab, '--yes')).toMatchObject({
    stdout:
      'The cluster statelab is gone, and what the lab left in it as well.\nThe lab is set back, and the cluster is as it was before.\n',
    exitCode: 0,
  });
  expect((await learner.run('restore')).stdout).toBe('Nothing is left of any lab.\n');
});
