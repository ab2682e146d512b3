import {pauseFor} from '../pause.ts';
import type {ProcessContext, Program} from '../program.ts';
import {errnoWords} from '../shell/errno-words.ts';
import {userlandOf} from '../shell/wording.ts';
import {systemFiles} from '../system-files.ts';
import {readAll} from './read-all.ts';

/** How often a followed file is looked at, in milliseconds: as busybox and GNU do without inotify. */
const interval = 1_000;

/** `tail -n 5`, `tail -c 100`, `tail -n +2`, and `tail -f`, which prints what is added as it comes. */
export const tail: Program = async context => {
  const {operands, amount, follow} = parse(context.argv.slice(1));
  const files = systemFiles(context.container);
  if (operands.length === 0) {
    context.stdout.write(last(await readAll(context.stdin), amount));
    return 0;
  }
  const found: {path: string; name: string; seen: number}[] = [];
  for (const name of operands) {
    const path = files.resolvePath(context.workingDirectory, name);
    try {
      const content = Buffer.from(await files.readFileBuffer(path));
      if (operands.length > 1) context.stdout.write(`${found.length > 0 ? '\n' : ''}==> ${name} <==\n`);
      context.stdout.write(last(content, amount));
      found.push({path, name, seen: content.length});
    } catch (error) {
      await complain(context, name, error);
    }
  }
  if (found.length === 0) {
    context.stderr.write(await noFiles(context, follow));
    return 1;
  }
  let current = found.at(-1);
  while (follow && !context.killed.aborted) {
    await pauseFor(context.clock, interval, context.killed);
    for (const file of found) {
      const content = await files.readFileBuffer(file.path).catch(() => undefined);
      if (!content || content.length === file.seen) continue;
      if (current !== file) context.stdout.write(`\n==> ${file.name} <==\n`);
      current = file;
      // A file that became shorter was written anew.
      context.stdout.write(content.subarray(content.length < file.seen ? 0 : file.seen));
      file.seen = content.length;
    }
  }
  return found.length === operands.length ? 0 : 1;
};

interface Amount {
  unit: 'lines' | 'bytes';
  count: number;
  /** `+3`: from the third on. */
  fromStart: boolean;
}

function parse(args: readonly string[]) {
  const operands: string[] = [];
  let amount: Amount = {unit: 'lines', count: 10, fromStart: false};
  let follow = false;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    const [, unit, value] = /^-(?:[fF]*)([nc])(.*)$/.exec(arg) ?? [];
    if (/^-[fF]*[fF]/.test(arg) || arg === '--follow') follow = true;
    if (/^-\d+$/.test(arg)) amount = {unit: 'lines', count: Number(arg.slice(1)), fromStart: false};
    else if (unit !== undefined) amount = toAmount(unit, value || (args[++at] ?? ''));
    else if (!/^-./.test(arg) && arg !== '-') operands.push(arg);
  }
  return {operands, amount, follow};
}

const toAmount = (unit: string, value: string): Amount => ({
  unit: unit === 'c' ? 'bytes' : 'lines',
  count: Number(value.replace(/^[+-]/, '')) || 0,
  fromStart: value.startsWith('+'),
});

function last(content: Buffer, {unit, count, fromStart}: Amount): Buffer {
  if (unit === 'bytes')
    return content.subarray(fromStart ? Math.max(0, count - 1) : Math.max(0, content.length - count));
  let at = fromStart ? 0 : content.length;
  if (fromStart) {
    for (let line = 1; line < count && at < content.length; line++) at = endOfLine(content, at);
    return content.subarray(at);
  }
  for (let line = 0; line < count && at > 0; line++) at = at < 2 ? 0 : content.lastIndexOf(0x0a, at - 2) + 1;
  return content.subarray(count === 0 ? content.length : at);
}

function endOfLine(content: Buffer, from: number): number {
  const at = content.indexOf(0x0a, from);
  return at < 0 ? content.length : at + 1;
}

async function complain({stderr, container}: ProcessContext, name: string, error: unknown): Promise<void> {
  const gnu = (await userlandOf(container.files)) === 'gnu';
  const what = gnu ? `cannot open '${name}' for reading` : `can't open '${name}'`;
  stderr.write(`tail: ${what}: ${errnoWords(error)}\n`);
}

async function noFiles({container}: ProcessContext, follow: boolean): Promise<string> {
  if ((await userlandOf(container.files)) === 'busybox') return 'tail: no files\n';
  return follow ? 'tail: no files remaining\n' : '';
}
