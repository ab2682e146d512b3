import type {ProcessInfo, Program, Signal} from '../program.ts';

const signals: Record<string, Signal> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  9: 'SIGKILL',
  15: 'SIGTERM',
  18: 'SIGCONT',
  19: 'SIGSTOP',
};

const base = (argv: readonly string[]) => (argv[0] ?? '').slice((argv[0] ?? '').lastIndexOf('/') + 1);

/** As busybox prints it: `ps`, also with the options that people type. */
const ps: Program = async ({stdout, container}) => {
  const row = ({pid, argv}: ProcessInfo) => `${String(pid).padStart(5)} root     ${argv.join(' ')}\n`;
  stdout.write(`PID   USER     COMMAND\n${container.processes.list().map(row).join('')}`);
  return 0;
};

const kill: Program = async ({argv, stderr, container}) => {
  let signal: Signal = 'SIGTERM';
  const pids: string[] = [];
  const args = argv.slice(1);
  for (let arg = args.shift(); arg !== undefined; arg = args.shift()) {
    const name = arg === '-s' ? args.shift() : /^-(\w+)$/.exec(arg)?.[1];
    if (name === undefined) pids.push(arg);
    else {
      const known = signals[name] ?? toSignal(name);
      if (!known) {
        stderr.write(`kill: bad signal name '${name}'\n`);
        return 1;
      }
      signal = known;
    }
  }
  const failed = pids.filter(pid => !container.processes.kill(Number(pid), signal));
  for (const pid of failed) stderr.write(`kill: can't kill pid ${pid}: No such process\n`);
  return failed.length > 0 || pids.length === 0 ? 1 : 0;
};

const toSignal = (name: string): Signal | undefined => {
  const full = name.toUpperCase().startsWith('SIG') ? name.toUpperCase() : `SIG${name.toUpperCase()}`;
  return Object.values(signals).find(signal => signal === full);
};

const pidof: Program = async ({argv, stdout, container}) => {
  const found = named(container.processes.list(), argv.slice(1));
  if (found.length === 0) return 1;
  stdout.write(`${found.map(({pid}) => pid).join(' ')}\n`);
  return 0;
};

/** killall and pkill: by name, with a signal first if one is given. */
const killall: Program = async ({argv, stderr, container}) => {
  const [first = '', ...rest] = argv.slice(1);
  const given = /^-(\w+)$/.exec(first)?.[1];
  const signal = given === undefined ? 'SIGTERM' : (signals[given] ?? toSignal(given) ?? 'SIGTERM');
  const names = given === undefined ? [first, ...rest] : rest;
  const found = named(container.processes.list(), names);
  if (found.length === 0) {
    stderr.write(`${base(argv)}: ${names.join(' ')}: no process killed\n`);
    return 1;
  }
  for (const {pid} of found) container.processes.kill(pid, signal);
  return 0;
};

const named = (list: readonly ProcessInfo[], names: readonly string[]) =>
  list.filter(({argv}) => names.includes(base(argv)));

/** Programs that look at the container's processes, or end them. */
export const processTools: Readonly<Record<string, Program>> = {ps, kill, pidof, killall, pkill: killall};
