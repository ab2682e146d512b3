import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {learnerWith} from '../helpers/programs.ts';
import {atTerminal, script, type Terminal} from '../helpers/terminal.ts';

const installed = {
  kubectl: 'kubectl-that-tells-its-version',
  docker: 'docker-that-runs',
  k3d: 'k3d-with-a-cluster',
} as const;
const interrupt = '\u0003';
const down = '\u001b[B';
const enter = '\r';

/** Whoever stopped it reads so once, and has their cursor back. */
async function expectStopped({ended, screen}: Terminal): Promise<void> {
  expect(await ended).toBe(130);
  const text = screen.lines().join(' ');
  expect(text).toMatch(/ Stopped\. Your progress is kept: statelab run goes on where you were\.$/);
  expect(text.match(/Stopped/g)).toHaveLength(1);
  expect(screen.cursorIsShown()).toBe(true);
}

describe.skipIf(script === undefined)('at a terminal (needs script of util-linux)', () => {
  describe.each([
    ['the menu', [], /What next\?/],
    ['the question of cluster down', ['cluster', 'down'], /Delete the cluster/],
  ])('%s', (_where, args, asked) => {
    test('is left by Ctrl-C', async () => {
      const terminal = atTerminal(args, (await learnerWith(installed)).env);
      await terminal.until(asked);
      terminal.press(interrupt);
      await expectStopped(terminal);
    });

    test.each(['SIGTERM', 'SIGHUP'] as const)('is left at %s', async signal => {
      const terminal = atTerminal(args, (await learnerWith(installed)).env);
      await terminal.until(asked);
      terminal.kill(signal);
      await expectStopped(terminal);
    });
  });

  test('the menu shows the clusters and comes back, and Quit ends it', async () => {
    const terminal = atTerminal([], (await learnerWith(installed)).env);
    await terminal.until(/What next\?/);
    terminal.press(down + down + enter);
    await terminal.until(/made by statelab[\s\S]*What next\?/);
    terminal.press(down.repeat(3) + enter);
    expect(await terminal.ended).toBe(0);
    expect(terminal.screen.cursorIsShown()).toBe(true);
  });

  test('the menu offers all labs, and goes back', async () => {
    const terminal = atTerminal([], (await learnerWith(installed)).env);
    await terminal.until(/What next\?/);
    terminal.press(down + enter);
    await terminal.until(/Start A database on hostPath[\s\S]*Start A database on a volume/);
    terminal.press(`\u001b[A${enter}`); // up from the first is the last: back
    await terminal.until(/Choose another lab[\s\S]*Show the clusters/);
    terminal.press(down.repeat(3) + enter);
    expect(await terminal.ended).toBe(0);
  });

  test.each([
    ['n', 1, /\? .*No$/],
    ['', 1, /\? .*No$/],
    ['y', 0, /The cluster statelab is deleted\.$/],
  ])('cluster down answered with "%s"', async (answer, exitCode, shown) => {
    const terminal = atTerminal(['cluster', 'down'], (await learnerWith(installed)).env);
    await terminal.until(/Delete the cluster/);
    terminal.press(answer + enter);
    expect(await terminal.ended).toBe(exitCode);
    expect(terminal.screen.lines().at(-1)).toMatch(shown);
    expect(terminal.screen.cursorIsShown()).toBe(true);
  });

  test('Ctrl-C while a cluster is made', async () => {
    const learner = await learnerWith({...installed, k3d: 'k3d-that-creates-forever'});
    const terminal = atTerminal(['run'], learner.env);
    await terminal.until(/Prep: Network/);
    terminal.press(interrupt);
    await expectStopped(terminal);
    const journals = join(learner.home, 'statelab', 'data', 'journals');
    expect(readdirSync(journals)).toEqual(['hostpath-deployment.jsonl']);
  });

  test.each([
    ['en', /What next\?[\s\S]*25 min[\s\S]*Show the clusters\n {2}Quit/],
    ['ja', /何をしますか？[\s\S]*約25分[\s\S]*クラスターを表示する\n {2}終了する/],
  ])('the menu is whole in 40 columns: %s', async (language, menu) => {
    const terminal = atTerminal(['--lang', language], (await learnerWith(installed)).env, 40);
    await terminal.until(menu);
    terminal.press(down.repeat(3) + enter);
    expect(await terminal.ended).toBe(0);
    // Nothing of an earlier picture is left over: the question is there once.
    expect(terminal.screen.lines().filter(line => /[?✔] (What next|何をしますか)/.test(line))).toHaveLength(
      1,
    );
  });

  test('labs has colours, and none with NO_COLOR', async () => {
    const {env} = await learnerWith({}, {NO_COLOR: undefined, FORCE_COLOR: undefined});
    const [coloured, plain] = [
      atTerminal(['labs'], env, 40),
      atTerminal(['labs'], {...env, NO_COLOR: '1'}, 40),
    ];
    expect(await Promise.all([coloured.ended, plain.ended])).toEqual([0, 0]);
    expect(coloured.screen.written()).toContain('\u001b[');
    expect(plain.screen.written()).not.toContain('\u001b');
    expect(coloured.screen.lines().slice(1)).toEqual(plain.screen.lines().slice(1));
    expect(plain.screen.lines().join('\n')).toMatch(/hostpath-deployment[\s\S]*25 min/);
  });
});
