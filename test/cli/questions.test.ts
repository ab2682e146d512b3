import {spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import type {Learner} from '../helpers/learner.ts';
import {learnerWith} from '../helpers/programs.ts';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const withCluster = {
  kubectl: 'kubectl-that-tells-its-version',
  docker: 'docker-that-runs',
  k3d: 'k3d-with-a-cluster',
} as const;

const questions: [args: string[], question: string, flag: string][] = [
  [[], 'What next?', 'statelab run <lab>'],
  [['cluster', 'down'], 'Delete the cluster "statelab" with all that is in it (k3d, 1 node)?', '--yes'],
  [
    ['run', 'hostpath-deployment', '--provider', 'context', '--context', 'work'],
    [
      'The context "work" is a cluster that statelab did not make.',
      '- Made there: the namespace statelab-hostpath-deployment, with what you make in it, and files below /var/lib/statelab/hostpath-deployment on nodes. statelab reset removes it again.',
      '- Nodes and PersistentVolumes are left as they are; labs and steps that change them are left out.',
      '- Never touched: other namespaces, other people’s volumes, StorageClasses.',
      'Use it?',
    ].join('\n'),
    '--yes',
  ],
];

describe.each(questions)('without a terminal: statelab %j', (args, question, flag) => {
  test('says which flag answers, and does not wait', async () => {
    expect(await (await learnerWith(withCluster)).run(...args)).toMatchObject({
      stderr: `There is no terminal to ask: ${question}\nAnswer beforehand with ${flag}.\n`,
      stdout: '',
      exitCode: 2,
    });
  });

  test('nor does it when stdin is open and silent', async () => {
    const {stderr, code} = await withSilentInput(await learnerWith(withCluster), args);
    expect(stderr).toContain(`Answer beforehand with ${flag}.\n`);
    expect(code).toBe(2);
  });
});

test('in --json the question is an error line', async () => {
  const {stderr, exitCode, lines} = await (await learnerWith(withCluster)).run('cluster', 'down', '--json');
  expect(lines()).toEqual([expect.objectContaining({type: 'error', code: 'needs-answer', exit: 2})]);
  expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 2});
});

test('in Japanese', async () => {
  expect(await (await learnerWith(withCluster)).run('cluster', 'down', '--lang', 'ja')).toMatchObject({
    stderr:
      'ターミナルがないため、次の確認ができません: クラスター「statelab」とその中のすべてのものを削除しますか(k3d、ノード1台)？\n「--yes」であらかじめ回答を指定してください。\n',
    exitCode: 2,
  });
});

test('--yes answers', async () => {
  expect(await (await learnerWith(withCluster)).run('cluster', 'down', '--yes')).toMatchObject({
    stdout: 'The cluster statelab is deleted.\n',
    stderr: 'Deleting the cluster statelab…\n',
    exitCode: 0,
  });
});

test('reset --yes of a lab that was never begun has nothing to do', async () => {
  expect(await (await learnerWith()).run('reset', 'hostpath-deployment', '--yes')).toMatchObject({
    stdout: 'The lab is set back, and the cluster is as it was before.\n',
    stderr: '',
    exitCode: 0,
  });
});

/** Nothing is ever written to its stdin, nor is it closed. */
function withSilentInput(
  {env}: Learner,
  args: readonly string[],
): Promise<{stderr: string; code: number | null}> {
  const child = spawn(process.execPath, [cli, ...args], {env, stdio: ['pipe', 'ignore', 'pipe']});
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => resolve({stderr, code}));
  });
}
