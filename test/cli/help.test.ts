import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {learnerWith} from '../helpers/programs.ts';

const {version} = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

test.each([['--version'], ['-V'], ['--version', '--lang', 'ja']])('%s is the version', async (...args) => {
  const ended = await (await learnerWith()).run(...args);
  expect(ended).toMatchObject({stdout: `${version}\n`, stderr: '', exitCode: 0});
});

test('--help tells the commands, the options and what the exit codes mean', async () => {
  const {stdout, stderr, exitCode} = await (await learnerWith()).run('--help');
  for (const command of 'labs run check hint solve status reset env lint cluster node'.split(' '))
    expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  for (const option of ['--lang', '--json', '--yes', '--provider', '--cluster', '--context', '--k3s-image'])
    expect(stdout).toContain(option);
  expect(stdout).toContain(
    'Exit codes: 0 reached, 1 not reached, 2 wrong usage, 3 cannot tell (the cluster does not answer), 130 interrupted.',
  );
  expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0});
});

test.each([
  ['--help', '--lang', 'ja'],
  ['--lang=ja', '-h'],
])('%s %s %s is the help in Japanese', async (...args) => {
  const {stdout, exitCode} = await (await learnerWith()).run(...args.filter(arg => arg !== undefined));
  expect(stdout).toContain('手を動かして学ぶためのラボです');
  expect(stdout).toContain(
    '終了コード: 0 達成、1 未達成、2 使い方の誤り、3 判定不可(クラスターが応答しない)、130 中断',
  );
  expect(exitCode).toBe(0);
});

test.each([
  [
    ['run', '--help'],
    ['--auto', '--timeout'],
  ],
  [
    ['check', '--help'],
    ['--answer', '--wait'],
  ],
  [
    ['cluster', '--help'],
    ['up', 'down', 'list'],
  ],
  [
    ['cluster', 'up', '--help'],
    ['--agents', '--speed'],
  ],
  [['node', 'exec', '--help'], ['statelab node exec <node> -- ls /var/lib']],
])('%s tells what is particular to it', async (args, told) => {
  const {stdout, exitCode} = await (await learnerWith()).run(...args);
  for (const one of told) expect(stdout).toContain(one);
  expect(exitCode).toBe(0);
});

test.each<[variables: NodeJS.ProcessEnv, language: 'en' | 'ja']>([
  [{LANG: 'ja_JP.UTF-8'}, 'ja'],
  [{LANG: 'C'}, 'en'],
  [{LANG: 'de_DE.UTF-8'}, 'en'],
  [{LANG: 'en_US.UTF-8', LC_MESSAGES: 'ja_JP.UTF-8'}, 'ja'],
  [{LANG: 'ja_JP.UTF-8', LC_MESSAGES: 'ja_JP.UTF-8', LC_ALL: 'C.UTF-8'}, 'en'],
  [{LANG: 'en_US.UTF-8', LC_ALL: 'ja'}, 'ja'],
  [{LANG: 'ja_JP.UTF-8', LC_MESSAGES: '', LC_ALL: ''}, 'ja'],
])('the locale %j speaks %s', async (variables, language) => {
  const {stdout} = await (await learnerWith({}, variables)).run('status');
  const said = {en: 'No lab has been started yet.\n', ja: 'まだどのラボも開始していません。\n'};
  expect(stdout).toBe(said[language]);
});

test.each([
  [['--lang', 'en', 'status'], 'No lab has been started yet.\n'],
  [['status', '--lang', 'en'], 'No lab has been started yet.\n'],
  [['--lang', 'en', 'status', '--lang', 'ja'], 'まだどのラボも開始していません。\n'],
])('%j goes before the locale', async (args, said) => {
  const {stdout} = await (await learnerWith({}, {LANG: 'ja_JP.UTF-8'})).run(...args);
  expect(stdout).toBe(said);
});
