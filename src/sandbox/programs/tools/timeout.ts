import {type ProcessContext, type Program, ProgramNotFound, type Signal} from '../program.ts';

const names: Record<string, Signal> = {
  KILL: 'SIGKILL',
  TERM: 'SIGTERM',
  INT: 'SIGINT',
  HUP: 'SIGHUP',
  QUIT: 'SIGQUIT',
};
const units: Record<string, number> = {s: 1, m: 60, h: 3_600, d: 86_400};

/** `timeout [-s signal] [-k seconds] seconds program …`: 124 when the time ran out. */
export const timeout: Program = async context => {
  const {argv, stderr} = context;
  const args = argv.slice(1);
  let signal: Signal = 'SIGTERM';
  while (args[0]?.startsWith('-')) {
    const option = args.shift();
    const value = option === '-s' || option === '-k' ? args.shift() : undefined;
    if (option === '-s')
      signal = names[(value ?? '').replace(/^SIG/, '')] ?? (value === '9' ? 'SIGKILL' : signal);
  }
  const [, number, unit = 's'] = /^(\d*\.?\d+)([smhd]?)$/.exec(args.shift() ?? '') ?? [];
  if (number === undefined || args.length === 0) {
    stderr.write('timeout: usage: timeout [-s SIG] SECS PROG ARGS\n');
    return 125;
  }
  return runFor(context, args, Number(number) * (units[unit || 's'] ?? 1) * 1000, signal);
};

async function runFor(
  {container, clock, env, workingDirectory, stdin, stdout, stderr, tty, killed}: ProcessContext,
  argv: readonly string[],
  milliseconds: number,
  signal: Signal,
): Promise<number> {
  const {processes} = container;
  try {
    const io = {stdin, stdout, stderr, env, workingDirectory, ...(tty && {tty})};
    const {pid, ended} = processes.spawn(argv, io);
    let late = false;
    const cancel = clock.after(milliseconds, () => {
      late = true;
      processes.kill(pid, signal);
    });
    const kill = () => void processes.kill(pid, 'SIGKILL');
    killed.addEventListener('abort', kill, {once: true});
    const {code} = await ended;
    cancel();
    killed.removeEventListener('abort', kill);
    return late && signal !== 'SIGKILL' ? 124 : code;
  } catch (error) {
    if (!(error instanceof ProgramNotFound)) throw error;
    stderr.write(`timeout: can't execute '${argv[0]}': No such file or directory\n`);
    return 127;
  }
}
