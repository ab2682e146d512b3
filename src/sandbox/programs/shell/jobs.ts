import {Readable} from 'node:stream';
import type {Command} from 'just-bash';
import type {ExitStatus, ProcessContext} from '../program.ts';
import {controlCommands, keptOutOfJobs} from './control-script.ts';

/** `command &` and `wait`: each job is a shell process of its own, with this one's variables and output. */
export function createJobs(
  {container, stdout, stderr}: ProcessContext,
  caught: () => Promise<number>,
): readonly Command[] {
  const jobs = new Map<number, Promise<ExitStatus>>();

  const start: Command = {
    name: controlCommands.background,
    async execute([script = ''], {cwd, env}) {
      const variables = Object.fromEntries([...env].filter(([name]) => !keptOutOfJobs.has(name)));
      const {pid, ended} = container.processes.spawn(['sh', '-c', script], {
        stdin: Readable.from([]),
        stdout,
        stderr,
        env: variables,
        workingDirectory: cwd,
      });
      jobs.set(pid, ended);
      return {stdout: String(pid), stderr: '', exitCode: 0};
    },
  };
  const wait: Command = {
    name: controlCommands.wait,
    async execute(pids, {signal}) {
      const unknown = pids.some(pid => !jobs.has(Number(pid)));
      const wanted = pids.length > 0 ? pids.map(Number) : [...jobs.keys()];
      const all = Promise.all(wanted.map(pid => jobs.get(pid)));
      const stopped = new Promise<'stopped'>(done =>
        signal?.addEventListener('abort', () => done('stopped')),
      );
      const result = await Promise.race([all, caught(), stopped]);
      if (result === 'stopped') return {stdout: '', stderr: '', exitCode: 130};
      if (typeof result === 'number') return {stdout: '', stderr: '', exitCode: 128 + result};
      for (const pid of wanted) jobs.delete(pid);
      const last = result.at(-1);
      if (pids.length === 0) return {stdout: '', stderr: '', exitCode: 0};
      const said = last?.signal === 'SIGTERM' ? 'Terminated\n' : last?.signal === 'SIGKILL' ? 'Killed\n' : '';
      return {stdout: '', stderr: said, exitCode: unknown ? 127 : (last?.code ?? 127)};
    },
  };
  return [start, wait];
}
