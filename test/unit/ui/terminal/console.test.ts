import {PassThrough, Writable} from 'node:stream';
import {expect, onTestFinished, test} from 'vitest';
import {PromptConsole} from '../../../../src/ui/terminal/console.ts';
import {type Screen, screenOf} from '../../../helpers/screen.ts';

interface Desk {
  screen: Screen;
  prompt: PromptConsole;
  /** Presses keys, and waits until readline has read them. */
  press(keys: string): Promise<void>;
  /** Resolves when all that was written is on the screen. */
  drawn(): Promise<string[]>;
}

/** A learner's prompt with a keyboard and a screen of its own. */
function desk(columns = 40, width = columns): Desk {
  const screen = screenOf(columns);
  const input = Object.assign(new PassThrough(), {isTTY: true, setRawMode: () => {}});
  const output = Object.assign(
    new Writable({
      write(chunk, _encoding, done) {
        void screen.write(String(chunk)).then(() => done());
      },
    }),
    {isTTY: true, columns, rows: 24},
  );
  const prompt = new PromptConsole({
    input,
    output,
    width: () => width,
    columns: () => columns,
    prompt: 'statelab> ',
    complete: line => [['kubectl '].filter(word => word.startsWith(line)), line],
  });
  onTestFinished(() => prompt.close());
  const drawn = async () => {
    await new Promise<void>(resolve => output.write('', () => resolve()));
    return screen.lines();
  };
  return {
    screen,
    prompt,
    drawn,
    async press(keys) {
      const read = new Promise(resolve => input.once('data', resolve));
      input.write(keys);
      await read;
      await drawn();
    },
  };
}

test('a line comes as it was typed, and the next one begins below it', async () => {
  const {prompt, press, drawn} = desk();
  const first = prompt.ask();
  await press('kubectl get pods\r');
  expect(await first).toEqual({type: 'line', line: 'kubectl get pods'});
  void prompt.ask();
  expect(await drawn()).toEqual(['statelab> kubectl get pods', 'statelab>']);
});

test('what is being typed survives lines that are printed above it', async () => {
  const {prompt, press, drawn, screen} = desk();
  const asked = prompt.ask();
  await press('kubectl get');
  prompt.print(['Step reached.', '']);
  expect(await drawn()).toEqual(['Step reached.', '', 'statelab> kubectl get']);
  expect(screen.cursor()).toEqual([2, 21]);
  await press(' pods\r');
  expect(await asked).toEqual({type: 'line', line: 'kubectl get pods'});
});

test('the cursor stays where it was in the line', async () => {
  const {prompt, press, screen, drawn} = desk();
  const asked = prompt.ask();
  await press('kubectl pods');
  for (const _ of 'pods') await press('\u001b[D');
  prompt.print(['news']);
  await drawn();
  expect(screen.cursor()).toEqual([1, 18]);
  await press('get ');
  expect(await drawn()).toEqual(['news', 'statelab> kubectl get pods']);
  await press('\r');
  expect(await asked).toEqual({type: 'line', line: 'kubectl get pods'});
});

test('the live line stands above the prompt, changes in place, and goes', async () => {
  const {prompt, press, drawn} = desk();
  void prompt.ask();
  await press('kube');
  prompt.setLive('about 30 s more');
  expect(await drawn()).toEqual(['about 30 s more', 'statelab> kube']);
  prompt.setLive('about 29 s more');
  expect(await drawn()).toEqual(['about 29 s more', 'statelab> kube']);
  prompt.print(['Pod web is Running']);
  expect(await drawn()).toEqual(['Pod web is Running', 'about 29 s more', 'statelab> kube']);
  prompt.setLive('');
  expect(await drawn()).toEqual(['Pod web is Running', 'statelab> kube']);
});

test('a live line never takes more than one row', async () => {
  const {prompt, drawn} = desk();
  void prompt.ask();
  prompt.setLive('データベースが起動するまで、あと約30秒かかる見込みです');
  prompt.setLive('データベースが起動するまで、あと約29秒かかる見込みです');
  const lines = await drawn();
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^データベース.*…$/);
});

test('Ctrl-C clears what was typed, and interrupts where nothing was', async () => {
  const {prompt, press, drawn} = desk();
  const asked = prompt.ask();
  await press('kubectl delete everything');
  await press('\u0003');
  expect(await drawn()).toEqual(['statelab> kubectl delete everything^C', 'statelab>']);
  await press('\u0003');
  expect(await asked).toEqual({type: 'interrupt'});
});

test('Ctrl-C in the middle of a long line clears all of it', async () => {
  const {prompt, press, drawn} = desk();
  const asked = prompt.ask();
  const typed = 'kubectl get pods --all-namespaces --output wide --watch';
  prompt.setLive('about 30 s more');
  await press(typed);
  for (const _ of '1234567890') await press('\u001b[D');
  await press('\u0003');
  expect((await drawn()).at(-1)).toBe('statelab>');
  await press('hint\r');
  expect(await asked).toEqual({type: 'line', line: 'hint'});
});

test('Ctrl-D on an empty line is the end', async () => {
  const {prompt, press} = desk();
  const asked = prompt.ask();
  await press('\u0004');
  expect(await asked).toEqual({type: 'end'});
});

test('a line longer than the terminal is redrawn whole', async () => {
  const {prompt, press, drawn, screen} = desk();
  const asked = prompt.ask();
  const typed = 'kubectl get pods --namespace statelab-hostpath-deployment --watch';
  await press(typed);
  prompt.setLive('about 30 s more');
  prompt.print(['one', 'two']);
  prompt.setLive('about 29 s more');
  const lines = await drawn();
  expect(lines.slice(0, 3)).toEqual(['one', 'two', 'about 29 s more']);
  expect(lines.slice(3).join('')).toBe(`statelab> ${typed}`);
  expect(screen.cursor()).toEqual([4, 35]);
  await press('\r');
  expect(await asked).toEqual({type: 'line', line: typed});
});

test('so is one of Japanese characters, which take two columns each', async () => {
  const {prompt, press, drawn} = desk();
  const asked = prompt.ask();
  const typed = 'answer 二つ目のデータベースはロックを待ってから終了する';
  await press(typed);
  prompt.print(['ステップを完了しました。']);
  prompt.print(['次のステップ']);
  const lines = await drawn();
  expect(lines.slice(0, 2)).toEqual(['ステップを完了しました。', '次のステップ']);
  expect(
    lines
      .slice(2)
      .map(line => line.trimEnd())
      .join(''),
  ).toBe(`statelab> ${typed}`);
  await press('\r');
  expect(await asked).toEqual({type: 'line', line: typed});
});

test('the arrow up brings earlier lines back, and the tab completes', async () => {
  const {prompt, press} = desk();
  const first = prompt.ask();
  await press('hint\r');
  await first;
  const second = prompt.ask();
  await press('\u001b[A');
  await press('\r');
  expect(await second).toEqual({type: 'line', line: 'hint'});
  const third = prompt.ask();
  await press('kub');
  await press('\t');
  await press('get\r');
  expect(await third).toEqual({type: 'line', line: 'kubectl get'});
});

test('while another program has the screen, lines are held back and come afterwards', async () => {
  const {prompt, drawn} = desk();
  const {promise: over, resolve: end} = Promise.withResolvers<void>();
  const handed = prompt.handOver(true, () => over);
  prompt.print(['Step reached.']);
  prompt.setLive('about 30 s more');
  expect(await drawn()).toEqual([]);
  end();
  await handed;
  void prompt.ask();
  expect(await drawn()).toEqual(['Step reached.', 'about 30 s more', 'statelab>']);
});

test('a program that only prints lets lines through', async () => {
  const {prompt, drawn} = desk();
  await prompt.handOver(false, async () => {
    prompt.print(['Step reached.']);
    expect(await drawn()).toEqual(['Step reached.']);
  });
});

test('closing takes the prompt off the screen', async () => {
  const {prompt, press, drawn} = desk();
  void prompt.ask();
  await press('kube');
  prompt.setLive('about 30 s more');
  prompt.close();
  expect(await drawn()).toEqual([]);
});

test.each([
  ['open-sesame', ['open-sesame', 'statelab>']],
  // One character, and a whole line, are where counting columns goes wrong.
  ['x', ['x', 'statelab>']],
  ['0123456789012345678901234567890123456789', ['0123456789012345678901234567890123456789', 'statelab>']],
  ['whole\n', ['whole', 'statelab>']],
  ['', ['statelab>']],
])('what a program says last stays on the screen, with a line end or without: %j', async (said, seen) => {
  const {prompt, drawn, screen} = desk(40, 20);
  await prompt.handOver(true, () => screen.write(said));
  void prompt.ask();
  expect(await drawn()).toEqual(seen);
});

test('lines that were held begin on a line of their own', async () => {
  const {prompt, drawn, screen} = desk();
  await prompt.handOver(true, async () => {
    prompt.print(['Step reached.']);
    await screen.write('open-sesame');
  });
  expect(await drawn()).toEqual(['open-sesame', 'Step reached.']);
});
