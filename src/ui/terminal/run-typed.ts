import type {Outside} from '../../outside.ts';
import type {Messages} from '../messages/messages.ts';
import type {Typed} from './line.ts';
import {isReadAlong} from './remarks.ts';

export interface TypedContext {
  outside: Outside;
  directory: string;
  env: Record<string, string>;
  messages: Messages;
}

export interface Ran {
  /** Undefined when a signal ended it, or there is no such program. */
  exitCode: number | undefined;
  /** What it wrote to stderr, of the commands that this is read along of. */
  stderr: string;
}

/**
 * Runs what the learner typed, with the terminal as its own: it asks, pages and takes Ctrl-C as it would
 * anywhere else. Only a line that the learner typed ever goes to a shell.
 */
export async function runTyped(
  typed: Extract<Typed, {type: 'program' | 'shell'}>,
  {outside, directory, env, messages}: TypedContext,
): Promise<Ran> {
  const {execa} = await import('execa');
  const [program = '', ...args] = commandOf(typed, outside);
  const isRead = typed.type === 'program' && typed.program === 'kubectl' && isReadAlong(typed.args);
  const result = await outside.whileAnother(() =>
    execa(program, args, {
      cwd: directory,
      env: {...outside.env, ...env},
      extendEnv: false,
      stdin: 'inherit',
      stdout: 'inherit',
      stderr: isRead ? ['inherit', 'pipe'] : 'inherit',
      reject: false,
      forceKillAfterDelay: false,
    }),
  );
  // The ^C that ended it stands at the beginning of a line that is ours.
  if (result.signal === 'SIGINT' || result.exitCode === 130) outside.stdout.write('\n');
  if (result.code !== 'ENOENT') return {exitCode: result.exitCode, stderr: result.stderr ?? ''};
  const known = program === 'kubectl' || program === 'k3d' || program === 'minikube' || program === 'docker';
  const text = known
    ? messages.errors['program-missing']({program})
    : {what: messages.words.unknownCommand(program), next: ''};
  outside.stderr.write(`${[text.what, text.next].filter(Boolean).join(' ')}\n`);
  return {exitCode: undefined, stderr: ''};
}

function commandOf(
  typed: Extract<Typed, {type: 'program' | 'shell'}>,
  {self, env, platform}: Outside,
): string[] {
  if (typed.type === 'program')
    return typed.program === 'statelab' ? [...self, ...typed.args] : [typed.program, ...typed.args];
  if (platform === 'win32') return ['powershell', '-NoProfile', '-Command', typed.line];
  return [env.SHELL || '/bin/sh', '-c', typed.line];
}
