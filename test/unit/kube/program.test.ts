import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {ProgramSilent, runProgram} from '../../../src/kube/program.ts';
import {emptyDirectory} from '../../helpers/directory.ts';

const signal = new AbortController().signal;

test.each([
  ['as it is told', 'exec /bin/sleep 3600'],
  // As docker does.
  ['with an exit code of its own', "trap 'exit 1' TERM; while :; do /bin/sleep 0.05; done"],
  ['as if all were well', "trap 'exit 0' TERM; while :; do /bin/sleep 0.05; done"],
])('a program that has not answered in time is told apart: it ends %s', async (_how, script) => {
  const directory = emptyDirectory();
  writeFileSync(join(directory, 'docker'), `#!/bin/sh\n${script}\n`, {mode: 0o755});
  const asked = runProgram('docker', ['info'], {env: {PATH: directory}, signal, timeout: 200});
  const error = await asked.catch(error => error);
  expect(error).toBeInstanceOf(ProgramSilent);
  expect(error).toMatchObject({seconds: 0.2, message: 'docker has not answered within 0.2 s'});
});
