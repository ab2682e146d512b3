import {expect, test} from 'vitest';
import {env, printenv} from '../../../../../src/sandbox/programs/tools/env.ts';
import {testContainer} from '../container.ts';

const open = () => testContainer({programs: {env, printenv}, env: {DB_HOST: 'db', PATH: '/bin'}});

test('env tells the variables of the process, and nothing of the shell', async () => {
  const {run} = await open();
  const {stdout, code} = await run(['env']);
  expect(stdout.trim().split('\n').sort()).toEqual(['DB_HOST=db', 'HOME=/root', 'PATH=/bin']);
  expect(code).toBe(0);
});

test('env runs a program with other variables', async () => {
  const {run} = await open();
  const {stdout} = await run(['env', '-u', 'HOME', 'DB_HOST=other', 'X=1', 'printenv']);
  expect(stdout.trim().split('\n').sort()).toEqual(['DB_HOST=other', 'PATH=/bin', 'X=1']);
  expect(await run(['env', '-i', 'X=1', 'env'])).toMatchObject({stdout: 'X=1\n', code: 0});
  expect(await run(['env', 'nothing'])).toMatchObject({
    code: 127,
    stderr: "env: can't execute 'nothing': No such file or directory\n",
  });
});

test('printenv fails for a variable that is not set', async () => {
  const {run} = await open();
  expect(await run(['printenv', 'DB_HOST'])).toMatchObject({stdout: 'db\n', code: 0});
  expect(await run(['printenv', 'NOTHING'])).toMatchObject({stdout: '', code: 1});
});
