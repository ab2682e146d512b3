import {pipeline} from 'node:stream/promises';
import {NetworkError} from '../../network/pod-network.ts';
import type {Program} from '../program.ts';
import {dialUnix, nextCaller, socketReasons, talk} from './unix-nc.ts';

/** `nc host port`, `nc -z host port`, `nc -l -p port`, and over socket files `nc -U path`, `nc -lU path`. */
export const nc: Program = async context => {
  const args = context.argv.slice(1);
  const flags = args.filter(arg => /^-[a-zA-Z]+$/.test(arg)).join('');
  const operands = args.filter((arg, index) => !arg.startsWith('-') && args[index - 1] !== '-w');
  if (flags.includes('U')) return overUnix(context, flags, operands.at(-1) ?? '');
  return flags.includes('l') ? listen(context, Number(operands.at(-1))) : dial(context, flags, operands);
};

async function overUnix(context: Parameters<Program>[0], flags: string, given: string): Promise<number> {
  const {container, stderr, workingDirectory} = context;
  const path = container.files.resolvePath(workingDirectory, given);
  if (flags.includes('l') && (await container.files.exists(path))) {
    stderr.write('nc: bind: Address already in use\n');
    return 1;
  }
  const socket = flags.includes('l') ? await nextCaller(context, path) : await dialUnix(context, path);
  if (typeof socket === 'number') {
    stderr.write(`nc: ${given}: ${socketReasons[socket]}\n`);
    return 1;
  }
  if (socket) await talk(context, socket);
  return 0;
}

async function dial(
  {stdin, stdout, stderr, container}: Parameters<Program>[0],
  flags: string,
  [host = '', port = '']: readonly string[],
): Promise<number> {
  try {
    const socket = await container.network.connect(host, Number(port));
    if (flags.includes('z')) {
      socket.destroy();
      if (flags.includes('v')) stderr.write(`${host} (${host}:${port}) open\n`);
      return 0;
    }
    await Promise.all([pipeline(stdin, socket), pipeline(socket, stdout, {end: false})]);
    return 0;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    stderr.write(
      `nc: ${error.code === 'ENOTFOUND' ? `bad address '${host}'` : `can't connect to remote host (${host}): ${reasons[error.code]}`}\n`,
    );
    return 1;
  }
}

async function listen(
  {stdin, stdout, container, killed}: Parameters<Program>[0],
  port: number,
): Promise<number> {
  const {promise, resolve} = Promise.withResolvers<number>();
  const close = container.network.listen(port, socket => {
    close();
    void Promise.allSettled([pipeline(socket, stdout, {end: false}), pipeline(stdin, socket)]).then(() =>
      resolve(0),
    );
  });
  killed.addEventListener('abort', () => resolve(1), {once: true});
  return promise.finally(close);
}

export const reasons: Record<NetworkError['code'], string> = {
  ECONNREFUSED: 'Connection refused',
  EHOSTUNREACH: 'No route to host',
  ENOTFOUND: 'Name does not resolve',
  EADDRINUSE: 'Address in use',
};
