import {PassThrough, Writable} from 'node:stream';
import {realClock} from '../clock.ts';
import {createContainerFiles} from '../kubelet/containers/container-files.ts';
import {createProcessTable} from '../kubelet/containers/process-table.ts';
import type {NodeMachine} from '../node/machine.ts';
import {debianImage} from '../programs/images/debian.ts';
import {type ExitStatus, ProgramNotFound, type RunningContainer} from '../programs/program.ts';

/** Runs a program on a node as `docker exec` would on a k3d node: a plain Debian over the node's own files. */
export async function runOnMachine(
  machine: NodeMachine,
  command: readonly string[],
  output: (chunk: Buffer) => void,
): Promise<ExitStatus> {
  const collected = () =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        output(chunk);
        done();
      },
    });
  const mounts = await nodeMounts(machine);
  const processes = createProcessTable({
    image: debianImage,
    env: debianImage.env,
    workingDirectory: '/',
    clock: realClock(),
    container: () => container,
    report: error => output(Buffer.from(`${error}\n`)),
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
  try {
    const stdin = new PassThrough().end();
    return await processes.spawn(command, {stdin, stdout: collected(), stderr: collected()}).ended;
  } catch (error) {
    if (!(error instanceof ProgramNotFound)) throw error;
    output(Buffer.from(`${error.message}\n`));
    return {code: 127};
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
