import {PassThrough, type Readable, type Writable} from 'node:stream';
import {realClock} from '../clock.ts';
import {createContainerFiles} from '../kubelet/containers/container-files.ts';
import {createProcessTable} from '../kubelet/containers/process-table.ts';
import type {NodeMachine} from '../node/machine.ts';
import {debianImage} from '../programs/images/debian.ts';
import {
  type ExitStatus,
  type ProcessContext,
  ProgramNotFound,
  type RunningContainer,
} from '../programs/program.ts';

/** What the program reads and writes. */
export interface MachineStreams {
  /** Without it the program finds the end of its input at once. */
  stdin?: Readable;
  stdout: Writable;
  /** Not there with a terminal, which shows both. */
  stderr?: Writable;
  tty?: NonNullable<ProcessContext['tty']>;
  /** Aborted when nobody is there any more to read what the program says: it is killed. */
  signal: AbortSignal;
}

/**
 * Runs a program on a node as `docker exec` would on a k3d node: a plain Debian over the node's own files. It dies with
 * the node's power.
 */
export async function runOnMachine(
  machine: NodeMachine,
  command: readonly string[],
  {stdin = new PassThrough().end(), stdout, stderr = stdout, tty, signal}: MachineStreams,
): Promise<ExitStatus> {
  const mounts = await nodeMounts(machine);
  const processes = createProcessTable({
    image: debianImage,
    env: debianImage.env,
    workingDirectory: '/',
    clock: realClock(),
    container: () => container,
    report: error => void stderr.write(`${error}\n`),
  });
  const container: RunningContainer = {
    hostname: machine.name,
    podName: machine.name,
    namespace: '',
    ...(await createContainerFiles(debianImage, {}, mounts)),
    mounts,
    network: unconnected(machine),
    processes,
  };
  const kill = () => {
    for (const {pid} of processes.list()) processes.signalFromOutside(pid, 'SIGKILL');
  };
  const watched = machine.onPower(running => {
    if (!running) kill();
  });
  signal.addEventListener('abort', kill, {once: true});
  try {
    return await processes.spawn(command, {stdin, stdout, stderr, ...(tty && {tty})}).ended;
  } catch (error) {
    if (!(error instanceof ProgramNotFound)) throw error;
    stderr.write(`${error.message}\n`);
    return {code: 127};
  } finally {
    watched();
    signal.removeEventListener('abort', kill);
  }
}

/** The top directories of a node, each as a mount: what the labs keep lies in them. */
async function nodeMounts({files}: NodeMachine) {
  const names = await files.list('/');
  return Promise.all(
    names.map(async name => {
      const hostPath = await files.hostPath(`/${name}`);
      return {path: `/${name}`, hostPath, volumeRoot: hostPath, readOnly: false, filesystem: 'ext4'};
    }),
  );
}

/** A node has no place in the Pods' network. */
const unconnected = ({ip}: NodeMachine): RunningContainer['network'] => ({
  ip,
  listen: () => () => {},
  connect: () => Promise.reject(new Error('nodes have no network of their own here')),
  resolve: () => [],
});
