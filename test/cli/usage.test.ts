import {describe, expect, test} from 'vitest';
import {learnerWith} from '../helpers/programs.ts';

const help = 'statelab --help shows what there is.';

test.each([
  ['lbs', "unknown command 'lbs'\n(Did you mean labs?)"],
  ['xyzzy', "unknown command 'xyzzy'"],
  ['cluster dwn', "unknown command 'dwn'\n(Did you mean down?)"],
  ['cluster', 'cluster wants one of up, down, list'],
  ['node', 'node wants one of list, stop, start, exec'],
  ['node stop', "missing required argument 'node'"],
  ['labs --jsn', "unknown option '--jsn'\n(Did you mean --json?)"],
  ['--jsn', "unknown option '--jsn'\n(Did you mean --json?)"],
  ['labs twice', "too many arguments for 'labs'. Expected 0 arguments but got 1: twice."],
  ['labs --lang de', "option '--lang <language>' argument 'de' is invalid. Allowed choices are en, ja."],
  [
    'run --provider kind',
    "option '--provider <provider>' argument 'kind' is invalid. Allowed choices are k3d, minikube, sandbox, context.",
  ],
  [
    'cluster up --agents 21',
    "option '--agents <number>' argument '21' is invalid. A number from 0 to 20 is wanted.",
  ],
  [
    'cluster up --speed 0',
    "option '--speed <factor>' argument '0' is invalid. A number from 1 to 100 is wanted.",
  ],
  [
    'run --database postgres',
    "option '--database <database>' argument 'postgres' is invalid. Allowed choices are mariadb, mysql.",
  ],
  [
    'check --wait soon',
    "option '--wait <seconds>' argument 'soon' is invalid. A number of seconds is wanted.",
  ],
])('statelab %s', async (line, said) => {
  const ended = await (await learnerWith()).run(...line.split(' '));
  expect(ended).toMatchObject({stderr: `${said}\n${help}\n`, stdout: '', exitCode: 2});
});

test('the same in --json is one line on stdout', async () => {
  const {stderr, exitCode, lines} = await (await learnerWith()).run('lbs', '--json');
  expect(lines()).toEqual([
    expect.objectContaining({
      type: 'error',
      code: 'usage',
      message: "unknown command 'lbs'\n(Did you mean labs?)",
      next: help,
      exit: 2,
    }),
  ]);
  expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 2});
});

describe('an unknown lab', () => {
  test.each(['run', 'hint', 'reset'])('to %s', async command => {
    const ended = await (await learnerWith()).run(command, 'hostpath-deplyoment');
    expect(ended).toMatchObject({
      stderr:
        'There is no lab "hostpath-deplyoment".\nDid you mean "hostpath-deployment"? statelab labs shows them all.\n',
      stdout: '',
      exitCode: 2,
    });
  });

  test('that is like none', async () => {
    const ended = await (await learnerWith()).run('run', 'xyzzy', '--lang', 'ja');
    expect(ended).toMatchObject({
      stderr: '「xyzzy」というラボはありません。\nラボの一覧は「statelab labs」で確認できます。\n',
      stdout: '',
      exitCode: 2,
    });
  });

  test('in --json', async () => {
    const {exitCode, lines} = await (await learnerWith()).run('run', 'hostpath-deplyoment', '--json');
    expect(lines().at(-1)).toMatchObject({type: 'error', code: 'unknown-lab', exit: 2});
    expect(exitCode).toBe(2);
  });
});

test('an unknown step is answered with those there are', async () => {
  const {stderr, exitCode} = await (await learnerWith()).run(
    'reset',
    'hostpath-deployment',
    '--to',
    'nowhere',
  );
  expect(stderr).toMatch(/^The lab hostpath-deployment has no step "nowhere".\nIts steps are [a-z, -]+\.\n$/);
  expect(exitCode).toBe(2);
});

test.each([
  ['STATELAB_PROVIDER', 'labs', 'k3d, minikube, sandbox, context'],
  ['STATELAB_PROVIDER', 'run', 'k3d, minikube, sandbox, context'],
  ['STATELAB_DATABASE', 'labs', 'mariadb, mysql'],
])('%s=nonsense %s', async (variable, line, known) => {
  const ended = await (await learnerWith({}, {[variable]: 'nonsense'})).run(...line.split(' '));
  expect(ended).toMatchObject({
    stderr: `${variable} is "nonsense"; it may be ${known}.\n${help}\n`,
    stdout: '',
    exitCode: 2,
  });
});

test('an option goes before STATELAB_PROVIDER', async () => {
  const ended = await (await learnerWith({}, {STATELAB_PROVIDER: 'nonsense'})).run(
    'labs',
    '--provider',
    'k3d',
  );
  expect(ended).toMatchObject({stderr: '', exitCode: 0});
});
