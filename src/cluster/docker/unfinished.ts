import {hostname} from 'node:os';
import {isAlive, type Process, thisProcess} from '../../alive.ts';
import type {Unfinished} from '../../engine/ports.ts';
import {ExpectedError} from '../../errors.ts';
import type {MakerId} from './maker.ts';
import {ownerLabel} from './owner.ts';
import type {Docker, Run} from './programs.ts';

/**
 * What is being done to a cluster is marked in Docker itself, from before its first container to after its last one: by a
 * volume that holds nothing but labels. Whatever ends the process, the next one sees how far it was, wherever its own files
 * lie. Its name is like those of the cluster's other volumes.
 */
const markOf = (maker: MakerId, cluster: string) => `${maker}-${cluster}-unfinished`;

const doingLabel = 'statelab.dev/unfinished';
const byLabel = 'statelab.dev/by';

/** Who is at it. On another machine nobody can look whether it still lives. */
interface Worker extends Process {
  host: string;
}

/** The clusters with a mark. */
export async function listUnfinished(
  programs: Docker,
  maker: MakerId,
  signal: AbortSignal,
): Promise<Map<string, Unfinished>> {
  const marks = await listMarks(programs, maker, signal);
  return new Map([...marks].map(([cluster, {doing, by}]) => [cluster, unfinished(doing, by)]));
}

/** The labels of the marks, by cluster. */
async function listMarks(
  {docker}: Docker,
  maker: MakerId,
  signal: AbortSignal,
): Promise<Map<string, {doing: string; by: string}>> {
  const {stdout} = await docker(
    [
      ...['volume', 'ls', '--filter', `label=${ownerLabel}`, '--filter', `label=${doingLabel}`],
      ...['--format', `{{.Name}}\t{{.Label "${doingLabel}"}}\t{{.Label "${byLabel}"}}`],
    ],
    {signal},
  );
  const marks = stdout.split('\n').flatMap(line => {
    const [volume = '', doing = '', by = ''] = line.trim().split('\t');
    const cluster = new RegExp(`^${maker}-(.+)-unfinished$`).exec(volume)?.[1];
    return cluster === undefined ? [] : [[cluster, {doing, by}] as const];
  });
  return new Map(marks);
}

function unfinished(doing: string, by: string): Unfinished {
  const worker = parseWorker(by);
  return {
    doing: doing === 'start' || doing === 'delete' ? doing : 'create',
    ...(worker && isAtIt(worker) ? {by: worker.pid} : {}),
  };
}

/** Somebody else: what this process has left is its own to go on with. */
const isAtIt = (worker: Worker): boolean =>
  worker.host !== hostname() || (worker.pid !== process.pid && isAlive(worker));

/** Says what is done to a cluster until `end`. */
export interface Mark {
  /** Is the cluster still with this process? Whoever takes one away from it has replaced or removed the mark. @throws ProgramFailed */
  holds(): Promise<boolean>;
  /** Leaves the mark of whoever has taken the cluster. @throws ProgramFailed */
  end(): Promise<void>;
}

/**
 * Marks a cluster. What somebody who is gone has left of a mark is replaced.
 * @param even take the cluster from a process that is still at it
 * @throws ExpectedError `cluster-busy` where a living process is at it
 */
export async function markUnfinished(
  programs: Docker,
  maker: MakerId,
  cluster: string,
  doing: Unfinished['doing'],
  signal: AbortSignal,
  {even = false}: {even?: boolean} = {},
): Promise<Mark> {
  const {docker} = programs;
  const volume = markOf(maker, cluster);
  const before = (await listMarks(programs, maker, signal)).get(cluster);
  const at = before && unfinished(before.doing, before.by);
  if (at?.by !== undefined && !even)
    throw new ExpectedError('cluster-busy', {cluster, doing: at.doing, pid: at.by});
  if (before) await removeMark(programs, volume, before.by, {signal});
  const me = sayWorker({...thisProcess(), host: hostname()});
  const labels = [ownerLabel, `${doingLabel}=${doing}`, `${byLabel}=${me}`].flatMap(one => ['--label', one]);
  await docker(['volume', 'create', ...labels, volume], {signal});
  // Docker gives the volume of whoever came first to all who make one of that name.
  const by = (await holderOf(programs, volume, {signal})) ?? '';
  if (by !== '' && by !== me)
    throw new ExpectedError('cluster-busy', {cluster, doing, pid: parseWorker(by)?.pid ?? 0});
  // Also when the signal that came in has aborted, what the mark stands for is over.
  const inAnyCase = {signal: new AbortController().signal, timeout: endLimit};
  return {
    holds: async () => (await holderOf(programs, volume, inAnyCase)) === me,
    end: () => removeMark(programs, volume, me, inAnyCase),
  };
}

/** How long Docker may take to look at a mark and to forget it, in milliseconds. */
const endLimit = 60_000;

/** Who has put a mark there; undefined where there is none. */
async function holderOf({tryDocker}: Docker, volume: string, how: Run): Promise<string | undefined> {
  const format = `{{index .Labels "${byLabel}"}}`;
  const {exitCode, stdout} = await tryDocker(['volume', 'inspect', '--format', format, volume], how);
  return exitCode === 0 ? stdout.trim() : undefined;
}

/** Removes a mark, unless it is another's than expected by now. */
async function removeMark(programs: Docker, volume: string, by: string, how: Run): Promise<void> {
  if ((await holderOf(programs, volume, how)) !== by) return;
  await programs.tryDocker(['volume', 'rm', volume], how);
}

const sayWorker = ({host, pid, born = ''}: Worker): string => [host, pid, born].join(' ');

function parseWorker(text: string): Worker | undefined {
  const [host = '', pid = '', born = ''] = text.split(' ');
  return /^\d+$/.test(pid) ? {host, pid: Number(pid), ...(born === '' ? {} : {born})} : undefined;
}
