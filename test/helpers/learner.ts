import {spawn} from 'node:child_process';
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect} from 'vitest';
import {type JsonLine, jsonLineSchema} from '../../src/ui/json.ts';

/** statelab as `npm run build` leaves it. */
const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** Longer than anything a lab waits for; only what hangs comes so far. In milliseconds. */
const patience = 240_000;

/** Somebody who has a home directory, a kubeconfig of their own in it, and nothing of statelab's yet. */
export interface Learner {
  home: string;
  env: NodeJS.ProcessEnv;
  /** Starts statelab in a process of its own. */
  start(...args: string[]): Running;
  /** The same to its end. */
  run(...args: string[]): Promise<Ended>;
  /** Fails when the learner's own kubeconfig is not byte for byte what it was. */
  expectKubeconfigUntouched(): Promise<void>;
  leave(): Promise<void>;
}

export interface Ended {
  /** Undefined when a signal ended it. */
  exitCode: number | undefined;
  stdout: string;
  stderr: string;
  /** stdout as the lines of --json, each of which has to be valid. */
  lines(): JsonLine[];
}

export interface Running {
  pid: number | undefined;
  ended: Promise<Ended>;
  /** The first line of stdout, printed or still to be printed, that is so. */
  until(isSo: (line: string) => boolean): Promise<string>;
  /** The same for a line of --json; `after` is a line that it has to come behind. */
  untilLine(isSo: (line: JsonLine) => boolean, after?: JsonLine): Promise<JsonLine>;
  kill(signal: NodeJS.Signals): void;
}

/** What stands in the learner's ~/.kube/config. */
const kubeconfig = 'apiVersion: v1\nkind: Config # mine\ncurrent-context: work\n';

/** @param own variables that this learner has set */
export async function newLearner(own: NodeJS.ProcessEnv = {}): Promise<Learner> {
  const home = await mkdtemp(join(tmpdir(), 'statelab-learner-'));
  const file = join(home, '.kube', 'config');
  await mkdir(join(home, '.kube'));
  await writeFile(file, kubeconfig);
  const {HOME = '', DOCKER_CONFIG = join(HOME, '.docker')} = process.env;
  const env = {
    ...withoutStatelab(process.env),
    HOME: home,
    DOCKER_CONFIG,
    LANG: 'en_US.UTF-8',
    STATELAB_HOME: join(home, 'statelab'),
    ...own,
  };
  const running = new Set<Running>();
  const start = (...args: string[]) => {
    const one = startStatelab(args, env, home);
    running.add(one);
    void one.ended.then(() => running.delete(one));
    return one;
  };
  return {
    home,
    env,
    start,
    run: (...args) => start(...args).ended,
    expectKubeconfigUntouched: async () => expect(await readFile(file, 'utf8')).toBe(kubeconfig),
    async leave() {
      for (const one of running) one.kill('SIGKILL');
      await Promise.all([...running].map(({ended}) => ended));
      await rm(home, {recursive: true, force: true});
    },
  };
}

/** The node image is the machine's business; a lab, a kubeconfig or a language of whoever runs the tests is not. */
function withoutStatelab(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const foreign = /^(STATELAB_(?!K3S_IMAGE$)|KUBECONFIG$|LC_|LANG)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}

function startStatelab(args: string[], env: NodeJS.ProcessEnv, cwd: string): Running {
  const child = spawn(process.execPath, [cli, ...args], {env, cwd, stdio: ['ignore', 'pipe', 'pipe']});
  const out = {stdout: '', stderr: ''};
  const waiting = new Set<() => void>();
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      out[stream] += text;
      for (const look of waiting) look();
    });
  const whole = () => out.stdout.split('\n').slice(0, -1);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => {
      resolve({...out, exitCode: code ?? undefined, lines: () => whole().map(parsed)});
    });
  });

  const wait = <T>(find: () => T | undefined, what: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        waiting.delete(look);
        clearTimeout(alarm);
        end();
      };
      const look = () => {
        const found = find();
        if (found !== undefined) settle(() => resolve(found));
      };
      const inVain = (why: string) =>
        settle(() =>
          reject(
            new Error(
              `statelab ${args.join(' ')}: no line with ${what}; ${why}.\n${tail(whole())}${out.stderr}`,
            ),
          ),
        );
      const alarm = setTimeout(() => inVain('it says nothing like it'), patience);
      waiting.add(look);
      look();
      ended.then(({exitCode}) => inVain(`it has ended with ${exitCode}`), reject);
    });

  return {
    pid: child.pid,
    ended,
    until: isSo => wait(() => whole().find(isSo), String(isSo)),
    untilLine: (isSo, after) =>
      wait(() => {
        const lines = whole().map(parsed);
        const from = after ? lines.findIndex(line => JSON.stringify(line) === JSON.stringify(after)) + 1 : 0;
        return lines.slice(from).find(isSo);
      }, String(isSo)),
    kill: signal => void child.kill(signal),
  };
}

const parsed = (line: string): JsonLine => jsonLineSchema.parse(JSON.parse(line));

const tail = (lines: string[]) =>
  lines
    .slice(-15)
    .map(line => `${line}\n`)
    .join('');
