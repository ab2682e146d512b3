import type {ProcessContext, Program} from '../program.ts';
import {errnoWords} from '../shell/errno-words.ts';
import {userlandOf} from '../shell/wording.ts';
import {readEndless, systemFiles} from '../system-files.ts';
import {byteCount} from './byte-count.ts';
import {readAll} from './read-all.ts';

/** So much is written at once, in bytes: a block may be larger than what is good to hold in memory. */
const piece = 1 << 20;

/** `dd if=/dev/zero of=/data/file bs=1M count=100`: fills a disk without holding it all in memory. */
export const dd: Program = async context => {
  const given = parse(context.argv.slice(1));
  if (typeof given === 'string') return complain(context, given);
  const {input, output, blockSize, count} = given;
  const files = systemFiles(context.container);
  const at = (path: string) => files.resolvePath(context.workingDirectory, path);
  try {
    const source = input === undefined ? await readInput(context) : await open(at(input), input);
    if (output !== undefined)
      await files.writeFile(at(output), '').catch((error: unknown) => fail(`can't open '${output}'`, error));
    const total = count === undefined ? source.length : Math.min(source.length, count * blockSize);
    if (!Number.isFinite(total)) return complain(context, 'the input never ends: say count=');
    let done = 0;
    while (done < total && !context.killed.aborted) {
      const chunk = source.read(done, Math.min(piece, total - done));
      try {
        if (output === undefined) context.stdout.write(chunk);
        else await files.appendFile(at(output), chunk);
      } catch (error) {
        const took = output === undefined ? done : (await files.stat(at(output))).size;
        await tell(context, given, took, 1);
        return complain(context, `error writing '${output}': ${errnoWords(error)}`);
      }
      done += chunk.length;
    }
    await tell(context, given, done, 0);
    return 0;
  } catch (error) {
    return complain(context, (error as Error).message);
  }

  async function open(path: string, name: string): Promise<Source> {
    if (readEndless(path, 0))
      return {
        length: Number.POSITIVE_INFINITY,
        read: (_from, size) => readEndless(path, size) ?? Buffer.alloc(0),
      };
    const content = await files
      .readFileBuffer(path)
      .catch((error: unknown) => fail(`can't open '${name}'`, error));
    return {length: content.length, read: (from, size) => Buffer.from(content.subarray(from, from + size))};
  }
};

interface Source {
  length: number;
  read(from: number, size: number): Buffer;
}

interface Given {
  input: string | undefined;
  output: string | undefined;
  blockSize: number;
  count: number | undefined;
}

function parse(operands: readonly string[]): Given | string {
  const values = new Map(
    operands.map(operand => [
      operand.slice(0, operand.indexOf('=')),
      operand.slice(operand.indexOf('=') + 1),
    ]),
  );
  const strange = [...values.keys()].find(
    key => !['if', 'of', 'bs', 'ibs', 'obs', 'count', 'conv', 'oflag', 'iflag', 'status'].includes(key),
  );
  if (strange !== undefined) return `unrecognized operand '${strange}'`;
  const blockSize = byteCount(values.get('bs') ?? '512');
  const count = values.has('count') ? byteCount(values.get('count') ?? '') : undefined;
  if (blockSize === undefined || blockSize === 0) return `invalid number '${values.get('bs')}'`;
  if (values.has('count') && count === undefined) return `invalid number '${values.get('count')}'`;
  return {input: values.get('if'), output: values.get('of'), blockSize, count};
}

async function readInput({stdin}: ProcessContext): Promise<Source> {
  const content = await readAll(stdin);
  return {length: content.length, read: (from, size) => content.subarray(from, from + size)};
}

/** How many whole and broken blocks went in and out. */
async function tell(
  {stderr, container}: ProcessContext,
  {blockSize}: Given,
  bytes: number,
  unwritten: number,
): Promise<void> {
  const whole = Math.floor(bytes / blockSize);
  const part = bytes % blockSize === 0 ? 0 : 1;
  stderr.write(`${whole + unwritten}+${part} records in\n${whole}+${part} records out\n`);
  if ((await userlandOf(container.files)) === 'gnu') stderr.write(`${bytes} bytes copied\n`);
}

function complain({stderr}: ProcessContext, text: string): number {
  stderr.write(`dd: ${text}\n`);
  return 1;
}

function fail(what: string, error: unknown): never {
  throw new Error(`${what}: ${errnoWords(error)}`);
}
