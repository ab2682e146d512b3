import {PassThrough, Readable} from 'node:stream';
import type {SandboxClock} from '../../../../src/sandbox/clock.ts';
import {createContainerFiles} from '../../../../src/sandbox/kubelet/containers/container-files.ts';
import type {VolumeMountPoint} from '../../../../src/sandbox/kubelet/containers/mounted-files.ts';
import {createProcessTable} from '../../../../src/sandbox/kubelet/containers/process-table.ts';
import type {PodNetwork} from '../../../../src/sandbox/network/pod-network.ts';
import type {ExitStatus, Image, Program, RunningContainer} from '../../../../src/sandbox/programs/program.ts';
import {tool} from '../../../../src/sandbox/programs/shell/tool.ts';
import {manualClock} from '../manual-clock.ts';

export interface TestContainer {
  container: RunningContainer;
  clock: ReturnType<typeof manualClock>;
  /** Runs a program to its end. @param input all of standard input; without it nothing, and no end of it */
  run(argv: readonly string[], input?: string): Promise<ExitStatus & {stdout: string; stderr: string}>;
  /** Starts one, with what it has said so far at any time. */
  start(
    argv: readonly string[],
    tty?: boolean,
  ): {stdin: PassThrough; said: () => string; ended: Promise<ExitStatus>; pid: number};
}

export interface ContainerOptions {
  programs?: Record<string, Program>;
  files?: Record<string, string>;
  mounts?: readonly VolumeMountPoint[];
  env?: Record<string, string>;
  network?: Partial<PodNetwork>;
  clock?: SandboxClock & ReturnType<typeof manualClock>;
}

/** A container with real parts, around the programs under test. */
export async function testContainer({
  programs = {},
  files = {},
  mounts = [],
  env = {},
  network = {},
  clock = manualClock(),
}: ContainerOptions): Promise<TestContainer> {
  const image: Pick<Image, 'program' | 'programNames' | 'files'> = {
    files,
    program: name => programs[name.slice(name.lastIndexOf('/') + 1)],
    programNames: Object.keys(programs).filter(name => programs[name] !== tool),
  };
  const processes = createProcessTable({
    image,
    env: {PATH: '/bin:/usr/bin', HOME: '/root', ...env},
    workingDirectory: '/',
    clock,
    container: () => container,
    report: error => {
      throw error;
    },
  });
  const container: RunningContainer = {
    hostname: 'web-0',
    podName: 'web-0',
    namespace: 'shop',
    ...(await createContainerFiles(image, {}, mounts)),
    mounts,
    network: network as PodNetwork,
    processes,
  };
  const start: TestContainer['start'] = (argv, tty = false) => {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    let said = '';
    for (const stream of [stdout, stderr]) stream.on('data', chunk => (said += String(chunk)));
    const terminal = tty ? {tty: {columns: 80, rows: 24, onResize: () => {}}} : {};
    const {pid, ended} = processes.spawn(argv, {stdin, stdout, stderr, ...terminal});
    return {stdin, said: () => said, ended, pid};
  };
  return {
    container,
    clock,
    start,
    async run(argv, input) {
      const [stdout, stderr] = [new PassThrough(), new PassThrough()];
      const said = ['', ''];
      stdout.on('data', chunk => (said[0] += String(chunk)));
      stderr.on('data', chunk => (said[1] += String(chunk)));
      const stdin = input === undefined ? new PassThrough() : Readable.from([Buffer.from(input)]);
      const exit = await processes.spawn(argv, {stdin, stdout, stderr}).ended;
      await new Promise(setImmediate);
      return {...exit, stdout: said[0] ?? '', stderr: said[1] ?? ''};
    },
  };
}
