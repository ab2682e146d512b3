import {NetworkError} from '../../network/pod-network.ts';
import type {ProcessContext, Program} from '../program.ts';
import {systemFiles} from '../system-files.ts';
import {reasons} from './nc.ts';
import {answerWithProgram, dialUnix, nextCaller, socketReasons, talk} from './unix-nc.ts';

/**
 * socat between standard input and output and a socket, or between a socket file and a program:
 * `socat UNIX-LISTEN:/sock/s,fork EXEC:/bin/cat`, `socat - UNIX-CONNECT:/sock/s`, `socat - TCP:web:80`.
 */
export const socat: Program = async context => {
  const addresses = context.argv.slice(1).filter(arg => arg === '-' || !arg.startsWith('-'));
  const [first, second] = addresses.map(parse);
  if (!first || !second || addresses.length !== 2)
    return complain(
      context,
      `exactly 2 addresses required (there are ${addresses.length}); use option "-h" for help`,
    );
  const [listening, other] = isListening(first) ? [first, second] : [second, first];
  if (isListening(listening)) return listen(context, listening, other);
  const [target, near] = isStandard(first) ? [second, first] : [first, second];
  if (!isStandard(near)) return complain(context, `${near.kind}: not simulated here`);
  return dial(context, target);
};

interface Address {
  kind: string;
  where: string;
  options: readonly string[];
}

function parse(address: string): Address {
  if (address === '-') return {kind: 'STDIO', where: '', options: []};
  const [place = '', ...options] = address.split(',');
  const at = place.indexOf(':');
  return {
    kind: (at < 0 ? place : place.slice(0, at)).toUpperCase(),
    where: at < 0 ? '' : place.slice(at + 1),
    options,
  };
}

const isListening = ({kind}: Address) => kind === 'UNIX-LISTEN' || kind === 'UNIX-L';
const isStandard = ({kind}: Address) => kind === 'STDIO' || kind === 'STDIN' || kind === 'STDOUT';

async function listen(context: ProcessContext, {where, options}: Address, other: Address): Promise<number> {
  const path = pathIn(context, where);
  const files = systemFiles(context.container);
  if (options.includes('unlink-early')) await files.rm(path, {force: true});
  if (await files.exists(path))
    return complain(context, `bind(5, {AF=1 "${where}"}, ${where.length + 3}): Address already in use`);
  if (other.kind === 'EXEC' || other.kind === 'SYSTEM') {
    const argv = other.kind === 'SYSTEM' ? ['sh', '-c', other.where] : other.where.split(' ');
    await answerWithProgram(context, path, argv);
    return 0;
  }
  if (!isStandard(other)) return complain(context, `${other.kind}: not simulated here`);
  do {
    const socket = await nextCaller(context, path);
    if (socket) await talk(context, socket);
  } while (options.includes('fork') && !context.killed.aborted);
  return 0;
}

async function dial(context: ProcessContext, {kind, where}: Address): Promise<number> {
  if (kind.startsWith('UNIX')) {
    const socket = await dialUnix(context, pathIn(context, where));
    if (typeof socket === 'number')
      return complain(context, `connect(5, AF=1 "${where}", ${where.length + 3}): ${socketReasons[socket]}`);
    await talk(context, socket);
    return 0;
  }
  if (!kind.startsWith('TCP')) return complain(context, `${kind}: not simulated here`);
  const at = where.lastIndexOf(':');
  try {
    await talk(
      context,
      await context.container.network.connect(where.slice(0, at), Number(where.slice(at + 1))),
    );
    return 0;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return complain(context, `connect(${where}): ${reasons[error.code]}`);
  }
}

const pathIn = ({container, workingDirectory}: ProcessContext, path: string) =>
  container.files.resolvePath(workingDirectory, path);

function complain({stderr, pid}: ProcessContext, text: string): number {
  stderr.write(`socat[${pid}] E ${text}\n`);
  return 1;
}
