import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {learnerWith} from '../helpers/programs.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/labs/${name}`, import.meta.url));

describe('without any progress', () => {
  test('labs lists the labs', async () => {
    const {stdout, stderr, exitCode} = await (await learnerWith()).run('labs');
    expect(stdout).toMatch(/^hostpath-deployment +\S.* +\d+ min$/m);
    expect(stdout).toMatch(
      /\n0 of \d+ labs done\.\nWhat is left takes about .*\.\nNext: .* \(statelab run hostpath-deployment\)\.\n$/,
    );
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0});
  });

  test('labs --json has a line for each, in the order of the path, and one for all', async () => {
    const {lines} = await (await learnerWith()).run('labs', '--json');
    expect(lines()[0]).toMatchObject({type: 'listed-lab', lab: 'hostpath-deployment', reached: 0, after: []});
    expect(lines().at(-1)).toMatchObject({type: 'path', done: 0, next: 'hostpath-deployment'});
  });

  test('status says that there is none', async () => {
    const learner = await learnerWith();
    expect(await learner.run('status')).toMatchObject({
      stdout: 'No lab has been started yet.\n',
      stderr: '',
      exitCode: 0,
    });
    expect((await learner.run('status', '--json')).lines()).toEqual([
      expect.objectContaining({type: 'status', reached: [], skipped: [], total: 0}),
    ]);
  });

  test('status of a lab shows its steps', async () => {
    const {stdout, exitCode} = await (await learnerWith()).run('status', 'hostpath-deployment');
    expect(stdout).toMatch(/^Lab: .* \(hostpath-deployment\)\n {2}▸ .*\n/);
    expect(exitCode).toBe(0);
  });

  test.each(['check', 'hint', 'solve', 'reset', 'env'])('%s asks for a lab', async command => {
    expect(await (await learnerWith()).run(command)).toMatchObject({
      stderr: 'No lab has been started yet.\nstatelab run <lab> starts one; statelab labs shows them all.\n',
      stdout: '',
      exitCode: 2,
    });
  });

  test('looking leaves nothing behind', async () => {
    const learner = await learnerWith();
    for (const command of ['labs', 'status', '--help']) await learner.run(command);
    expect(existsSync(`${learner.home}/statelab`)).toBe(false);
    await learner.expectKubeconfigUntouched();
  });
});

test('without a terminal there are no control codes, whatever the terminal is said to be', async () => {
  const learner = await learnerWith({}, {TERM: 'xterm-256color', COLORTERM: 'truecolor', FORCE_COLOR: '1'});
  for (const args of [
    ['labs'],
    ['status', 'hostpath-deployment'],
    ['hint', 'hostpath-deployment'],
    ['run'],
  ]) {
    const {stdout, stderr} = await learner.run(...args);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  }
});

describe('lint', () => {
  test('tells all problems of a lab at once, with file, line and path', async () => {
    const {stdout, stderr, exitCode} = await (await learnerWith()).run('lint', fixture('three-errors'));
    const lines = stderr.split('\n');
    expect(lines[0]).toBe('The lab has 3 problems:');
    expect(lines.slice(1, 4)).toEqual([
      expect.stringMatching(
        /^ {2}\S*lab\.yaml:12 steps\[0\]\.milestones\[0\]\.object\.kind: .*did you mean "pods"\?$/,
      ),
      expect.stringMatching(/^ {2}\S*lab\.yaml:15 steps\[0\]\.hint: is not a known key here$/),
      expect.stringMatching(/^ {2}\S*en\.md:5 look: the heading "hints" is none of: /),
    ]);
    expect({stdout, exitCode}).toEqual({stdout: '', exitCode: 1});
  });

  test('tells the same in one line of --json', async () => {
    const {stderr, exitCode, lines} = await (await learnerWith()).run(
      'lint',
      fixture('three-errors'),
      '--json',
    );
    expect(lines()).toEqual([
      expect.objectContaining({
        type: 'error',
        code: 'broken-lab',
        message: expect.stringMatching(/3 problems:(\n {2}\S+:\d+ .+){3}$/),
        exit: 1,
      }),
    ]);
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 1});
  });

  test('says that a lab is sound', async () => {
    const learner = await learnerWith();
    const lab = fileURLToPath(new URL('../../labs/hostpath-deployment', import.meta.url));
    expect(await learner.run('lint', lab)).toMatchObject({
      stdout: 'The lab hostpath-deployment has no problems.\n',
      stderr: '',
      exitCode: 0,
    });
  });

  test('of a folder without a lab names the files that are missing', async () => {
    const learner = await learnerWith();
    const {stderr, exitCode} = await learner.run('lint', learner.home);
    expect(stderr).toMatch(/lab\.yaml: is missing\n.*en\.md: is missing\n.*ja\.md: is missing\n/);
    expect(exitCode).toBe(1);
  });
});
