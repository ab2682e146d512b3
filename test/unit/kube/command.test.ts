import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {startCommand} from '../../../src/kube/command.ts';
import {emptyDirectory} from '../../helpers/directory.ts';

const signal = new AbortController().signal;

/** Starts a program of Node's in a directory of its own. */
async function started(script: string, until = signal) {
  const cwd = emptyDirectory();
  const command = await startCommand([process.execPath, '-e', script], {cwd, env: process.env}, until);
  return {
    ...command,
    said: (file: string) => readFileSync(join(cwd, file), 'utf8'),
    has: (file: string) => existsSync(join(cwd, file)),
  };
}

const serving = `
  const {writeFileSync} = require('node:fs');
  process.on('SIGTERM', () => { writeFileSync('ended', 'by SIGTERM'); process.exit(0); });
  setInterval(() => {}, 1000);
`;

describe('a command that goes on', () => {
  test('is ready with its first line on stdout, and ends when it is told to', async () => {
    const command = await started(
      `${serving} console.error('careful'); console.log('Forwarding from 127.0.0.1');`,
    );
    expect(command.exitCode).toBe(0);
    expect(command.output).toContain('Forwarding from 127.0.0.1\n');
    expect(command.has('ended')).toBe(false);
    await command.end();
    expect(command.said('ended')).toBe('by SIGTERM');
    await command.end();
  });
  test('may say more than a pipe holds', async () => {
    const command = await started(`
      process.on('SIGTERM', () => {});
      const through = () => require('node:fs').writeFileSync('through', 'yes');
      console.log('ready');
      process.stdout.write('x'.repeat(1_000_000), through);
    `);
    await command.end();
    expect(command.has('through')).toBe(true);
  });
  test('has failed when it ends before', async () => {
    const {exitCode, output, end} = await started(
      `console.error('error: unable to listen'); process.exit(1)`,
    );
    expect({exitCode, output}).toEqual({exitCode: 1, output: 'error: unable to listen\n'});
    await end();
  });
  test('that is not there has failed as well', async () => {
    const {exitCode, output} = await startCommand(['no-such-program'], {cwd: '/', env: {}}, signal);
    expect(exitCode).toBe(127);
    expect(output).toContain('ENOENT');
  });
  test('ends with whoever asked for it', async () => {
    const stopping = new AbortController();
    const starting = started(serving, stopping.signal);
    stopping.abort(new Error('enough'));
    await expect(starting).rejects.toThrow('enough');
  });
});
