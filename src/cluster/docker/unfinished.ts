import {hostname} from 'node:os';
import {isAlive, type Process, thisProcess} from '../../alive.ts';
import type {Unfinished} from '../../engine/ports.ts';
import {ExpectedError} from '../../errors.ts';
import type {MakerId} from './maker.ts';
import {ownerLabel} from './owner.ts';
import type {Docker} from './programs.ts';

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
  {docker}: Docker,
  maker: MakerId,
  signal: AbortSignal,
): Promise<Map<string, Unfinished>> {
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
    return cluster === undefined ? [] : [[cluster, unfinished(doing, by)] as const];
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
  const {docker, tryDocker} = programs;
  const before = (await listUnfinished(programs, maker, signal)).get(cluster);
  if (before?.by !== undefined && !even)
    throw new ExpectedError('cluster-busy', {cluster, doing: before.doing, pid: before.by});
  if (before) await tryDocker(['volume', 'rm', markOf(maker, cluster)], {signal});
  const me = sayWorker({...thisProcess(), host: hostname()});
  const labels = [ownerLabel, `${doingLabel}=${doing}`, `${byLabel}=${me}`].flatMap(one => ['--label', one]);
  await docker(['volume', 'create', ...labels, markOf(maker, cluster)], {signal});
  // Docker gives the volume of whoever came first to all who make one of that name.
  const format = `{{index .Labels "${byLabel}"}}`;
  const made = await tryDocker(['volume', 'inspect', '--format', format, markOf(maker, cluster)], {signal});
  const by = made.stdout.trim();
  if (by !== '' && by !== me)
    throw new ExpectedError('cluster-busy', {cluster, doing, pid: parseWorker(by)?.pid ?? 0});
  return {
    // Docker forgets the mark also when the signal has come: what it stands for is over.
    end: async () =>
      void (await tryDocker(['volume', 'rm', markOf(maker, cluster)], {signal: AbortSignal.timeout(60_000)})),
  };
}

const sayWorker = ({host, pid, born = ''}: Worker): string => [host, pid, born].join(' ');

function parseWorker(text: string): Worker | undefined {
  const [host = '', pid = '', born = ''] = text.split(' ');
  return /^\d+$/.test(pid) ? {host, pid: Number(pid), ...(born === '' ? {} : {born})} : undefined;
}
