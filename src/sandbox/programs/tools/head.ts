import type {ProcessContext, Program} from '../program.ts';
import {errnoWords} from '../shell/errno-words.ts';
import {userlandOf} from '../shell/wording.ts';
import {readEndless, systemFiles} from '../system-files.ts';
import {byteCount} from './byte-count.ts';
import {readAll} from './read-all.ts';

/** So much of an endless device is printed at once, in bytes. */
const piece = 1 << 20;

/** `head -n 5`, `head -5`, and `head -c 100M /dev/zero`, which is printed piece by piece. */
export const head: Program = async context => {
  const {operands, lines, bytes} = parse(context.argv.slice(1));
  const {stdout, stderr, container, workingDirectory} = context;
  const first = (content: Buffer) =>
    bytes === undefined ? content.subarray(0, endOfLines(content, lines)) : content.subarray(0, bytes);
  if (operands.length === 0) {
    stdout.write(first(await readAll(context.stdin)));
    return 0;
  }
  const files = systemFiles(container);
  let code = 0;
  for (const [index, name] of operands.entries()) {
    const path = files.resolvePath(workingDirectory, name);
    try {
      const endless = readEndless(path, 0) !== undefined && bytes !== undefined;
      const content = endless ? undefined : first(Buffer.from(await files.readFileBuffer(path)));
      if (operands.length > 1) stdout.write(`${index > 0 ? '\n' : ''}==> ${name} <==\n`);
      if (content) stdout.write(content);
      else await printDevice(context, path, bytes ?? 0);
    } catch (error) {
      code = 1;
      const gnu = (await userlandOf(container.files)) === 'gnu';
      stderr.write(`head: ${gnu ? `cannot open '${name}' for reading` : name}: ${errnoWords(error)}\n`);
    }
  }
  return code;
};

async function printDevice({stdout, killed}: ProcessContext, path: string, bytes: number): Promise<void> {
  for (let left = bytes; left > 0 && !killed.aborted; left -= piece) {
    const chunk = readEndless(path, Math.min(piece, left));
    await new Promise(done => stdout.write(chunk, done));
  }
}

function parse(args: readonly string[]) {
  const operands: string[] = [];
  let lines = 10;
  let bytes: number | undefined;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    const [, unit, value] = /^-([nc])(.*)$/.exec(arg) ?? [];
    if (/^-\d+$/.test(arg)) lines = Number(arg.slice(1));
    else if (unit === 'n') lines = Number(value || args[++at]) || 0;
    else if (unit === 'c') bytes = byteCount(value || (args[++at] ?? '')) ?? 0;
    else if (!/^-./.test(arg)) operands.push(arg);
  }
  return {operands: operands.filter(name => name !== '-'), lines, bytes};
}

function endOfLines(content: Buffer, lines: number): number {
  let at = 0;
  for (let line = 0; line < lines; line++) {
    const end = content.indexOf(0x0a, at);
    if (end < 0) return content.length;
    at = end + 1;
  }
  return at;
}
