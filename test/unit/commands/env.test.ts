import {execFileSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import type {App, GlobalOptions} from '../../../src/commands/app.ts';
import {printEnv, type Shell} from '../../../src/commands/env.ts';
import type {Report} from '../../../src/commands/view.ts';
import type {JournalEntry} from '../../../src/engine/journal.ts';
import {labOf} from '../../helpers/labs.ts';

const lab = labOf([{id: 's', type: 'do'}]);
const opened: JournalEntry = {
  type: 'opened',
  at: 0,
  lab: lab.id,
  place: {provider: 'k3d', cluster: 'statelab', identity: 'i', namespaceUid: 'n'},
  baseline: {nodes: []},
};
const awkward = "/home/o'neil/a \\ $b `c`";

interface Setting {
  env?: Record<string, string>;
  platform?: NodeJS.Platform;
  entries?: JournalEntry[];
  directory?: string;
  /** Where a kubectl lies that had to be fetched. */
  kubectl?: string;
  options?: Partial<GlobalOptions>;
}

async function printed(
  shell: Shell | undefined,
  {env = {}, platform = 'linux', entries = [opened], directory = awkward, kubectl, options}: Setting = {},
) {
  const reports: Report[] = [];
  const closed: string[] = [];
  const app = {
    outside: {env: {STATELAB_LAB: lab.id, ...env}, platform, signal: new AbortController().signal},
    options: {json: false, yes: false, ...options},
    journals: {read: () => entries, labs: () => [lab.id]},
    labs: {ids: () => [lab.id], get: () => lab},
    work: {directory: () => directory},
    commands: {fetchedKubectl: () => kubectl},
    view: {report: (report: Report) => void reports.push(report)},
    provider: async () => ({
      id: 'k3d',
      check: async () => {},
      list: async () => [{provider: 'k3d', name: 'statelab', ours: true, running: true, nodes: []}],
      connect: async (name: string) => ({
        name,
        kubeconfig: '/k/config',
        close: async () => void closed.push(name),
      }),
    }),
  } as unknown as App;
  const exitCode = await printEnv(app, shell);
  const [report] = reports;
  if (report?.type !== 'env') throw new Error('no env was reported');
  return {exitCode, closed, ...report};
}

describe('what another terminal needs', () => {
  test('its variables, and the folder of the manifests', async () => {
    const {exitCode, variables, text, closed} = await printed('sh', {directory: '/work'});
    expect(variables).toEqual({KUBECONFIG: '/k/config', STATELAB_LAB: lab.id, STATELAB_DIR: '/work'});
    expect(text).toBe(
      "export KUBECONFIG='/k/config'\nexport STATELAB_LAB='test'\nexport STATELAB_DIR='/work'\ncd '/work'",
    );
    expect([exitCode, closed]).toEqual([0, ['statelab']]);
  });
  test('what the learner has allowed, so that nodes can be stopped there too', async () => {
    const {variables} = await printed('sh', {options: {allowNodeOperations: true}});
    expect(variables).toMatchObject({STATELAB_ALLOW_NODE_OPERATIONS: '1'});
  });
  test('a shell reads back what was meant, whatever characters a path has', async () => {
    const {text} = await printed('sh');
    const script = `${text.replace(/^cd .*$/m, '')}\nprintf %s "$STATELAB_DIR"`;
    expect(execFileSync('/bin/sh', ['-c', script], {encoding: 'utf8'})).toBe(awkward);
  });
  test('fish and PowerShell quote in their own ways', async () => {
    expect((await printed('fish')).text).toContain("set -gx STATELAB_DIR '/home/o\\'neil/a \\\\ $b `c`'");
    expect((await printed('powershell')).text).toContain("$env:STATELAB_DIR = '/home/o''neil/a \\ $b `c`'");
    expect((await printed('powershell')).text).toContain("Set-Location '/home/o''neil/a \\ $b `c`'");
  });
  test('the way to a kubectl that had to be fetched, behind the programs that are there', async () => {
    const {text} = await printed('sh', {kubectl: "/o'neil/bin", directory: '/'});
    const script = `PATH=/bin\n${text}\nprintf %s "$PATH"`;
    expect(execFileSync('/bin/sh', ['-c', script], {encoding: 'utf8'})).toBe("/bin:/o'neil/bin");
    expect((await printed('fish', {kubectl: '/k'})).text).toContain("set -gx PATH $PATH '/k'");
    expect((await printed('powershell', {kubectl: '/k'})).text).toContain("PathSeparator + '/k'");
  });
  test.each<[Setting, RegExp]>([
    [{env: {SHELL: '/usr/bin/fish'}}, /^set -gx/],
    [{env: {SHELL: '/bin/zsh'}}, /^export/],
    [{env: {}}, /^export/],
    [{env: {}, platform: 'win32'}, /^\$env:/],
    [{env: {SHELL: '/usr/bin/bash'}, platform: 'win32'}, /^export/],
  ])('the shell that asks: %j', async (setting, first) => {
    expect((await printed(undefined, setting)).text).toMatch(first);
  });
  test('none before a lab was started', async () => {
    await expect(printed('sh', {entries: []})).rejects.toMatchObject({code: 'no-lab-open', exitCode: 2});
  });
});
