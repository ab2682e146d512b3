import {spawn} from 'node:child_process';
import {text} from 'node:stream/consumers';

export interface Ended {
  exit: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  /** The working directory, also for kubectl's temporary files. */
  directory: string;
  kubeconfig: string;
  /** Where kubectl keeps its cache. */
  home: string;
  stdin?: string | undefined;
  env?: Record<string, string> | undefined;
  /** Seconds without output until it gets an interrupt. Its exit code is 130 then, whatever it makes of it. */
  interruptAfter?: number | undefined;
}

/** No command of a session may take longer. Seconds. */
const limit = 150;

export type Kubectl = (words: readonly string[], options: RunOptions) => Promise<Ended>;

/** Runs the kubectl on PATH, in English and UTC, knowing nothing of the user's own configuration. */
export const kubectl: Kubectl = async (words, options) => {
  const child = spawn('kubectl', words, {
    cwd: options.directory,
    env: {
      PATH: process.env.PATH,
      HOME: options.home,
      TMPDIR: options.directory,
      KUBECONFIG: options.kubeconfig,
      LC_ALL: 'C',
      TZ: 'UTC',
      ...options.env,
    },
  });
  child.stdin.on('error', () => {}); // It may end without reading.
  child.stdin.end(options.stdin ?? '');
  let interrupted = false;
  const interrupt = setTimeout(
    () => {
      interrupted = child.kill('SIGINT');
    },
    (options.interruptAfter ?? limit) * 1000,
  );
  if (options.interruptAfter) child.stdout.on('data', () => interrupt.refresh());
  const ended = Promise.withResolvers<number>();
  child.once('error', ended.reject);
  child.once('close', code => ended.resolve(interrupted ? 130 : (code ?? 137)));
  try {
    const outputs = [text(child.stdout), text(child.stderr)] as const;
    const [stdout, stderr, exit] = await Promise.all([...outputs, ended.promise]);
    return {exit, stdout, stderr};
  } finally {
    clearTimeout(interrupt);
  }
};
