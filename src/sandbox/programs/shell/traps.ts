import type {Command} from 'just-bash';
import type {ProcessContext, Signal} from '../program.ts';
import {controlCommands} from './control-script.ts';

/** What a shell does when a signal comes, or when it ends. */
export interface Traps {
  commands: readonly Command[];
  /** The action for the shell's end, once: it is forgotten then. */
  takeExit(): string | undefined;
  /** Resolves with the number of the next trapped signal; at once while one waits for its action. */
  caught(): Promise<number>;
}

const numbers: Readonly<Record<string, number>> = {HUP: 1, INT: 2, QUIT: 3, TERM: 15};

/**
 * `trap` for a shell process. As in a real shell an action runs between two commands, in the shell itself: see
 * control-script.ts for where. Signals without an action do what they would do without a shell.
 */
export function createTraps({pid, container, onSignal}: ProcessContext): Traps {
  const actions = new Map<string, string>();
  const pending: string[] = [];
  let listening = false;
  let tell: ((number: number) => void) | undefined;

  const receive = (signal: Signal) => {
    const name = signal.slice('SIG'.length);
    const action = actions.get(name);
    if (action === undefined) {
      if (pid !== 1 && numbers[name] !== undefined) container.processes.kill(pid, 'SIGKILL');
      return;
    }
    if (action === '') return;
    pending.push(name);
    tell?.(numbers[name] ?? 0);
  };
  const listen = () => {
    if (!listening) onSignal(receive);
    listening = true;
  };
  const trap: Command = {
    name: controlCommands.trap,
    async execute([action, ...signals]) {
      if (action === undefined) return {stdout: listed(actions), stderr: '', exitCode: 0};
      for (const given of signals) {
        const name = nameOf(given);
        if (name === undefined)
          return {stdout: '', stderr: `bash: trap: ${given}: invalid signal specification\n`, exitCode: 1};
        if (name !== 'EXIT') listen();
        if (action === '-') actions.delete(name);
        else actions.set(name, action);
      }
      return {stdout: '', stderr: '', exitCode: 0};
    },
  };
  const due: Command = {
    name: controlCommands.due,
    async execute([status = '0']) {
      const taken = pending.splice(0).map(name => actions.get(name) ?? '');
      const restored = status === '0' ? [] : [`${controlCommands.status} ${status}`];
      const script = taken.length === 0 && status === '1' ? ['! true'] : [...taken, ...restored];
      return {stdout: script.join('\n'), stderr: '', exitCode: 0};
    },
  };
  const status: Command = {
    name: controlCommands.status,
    execute: async ([code]) => ({stdout: '', stderr: '', exitCode: Number(code)}),
  };
  return {
    commands: [trap, due, status],
    takeExit() {
      const action = actions.get('EXIT');
      actions.delete('EXIT');
      return action || undefined;
    },
    caught: () =>
      new Promise(resolve => {
        const [first] = pending;
        if (first !== undefined) resolve(numbers[first] ?? 0);
        else tell = resolve;
      }),
  };
}

/** TERM, SIGTERM and 15 are one; EXIT is 0. */
function nameOf(given: string): string | undefined {
  const name = given.toUpperCase().replace(/^SIG/, '');
  if (name === 'EXIT' || name === '0') return 'EXIT';
  if (/^(HUP|INT|QUIT|TERM|USR1|USR2|PIPE|ALRM|CHLD|ERR)$/.test(name)) return name;
  return Object.keys(numbers).find(known => String(numbers[known]) === name);
}

const listed = (actions: ReadonlyMap<string, string>) =>
  [...actions].map(([name, action]) => `trap -- '${action}' ${name}\n`).join('');
