import {PassThrough, Readable} from 'node:stream';
import type {Container} from 'kubernetes-types/core/v1.d.ts';
import type {SandboxClock} from '../../clock.ts';
import type {PodNetwork} from '../../network/pod-network.ts';
import type {ExitStatus, Image, RunningContainer} from '../../programs/program.ts';
import {expand} from '../environment/expand.ts';
import {type LogWriter, openLog} from '../logs/log-writer.ts';
import {type AttachableOutput, attachableOutput} from './attachable-output.ts';
import {createContainerFiles} from './container-files.ts';
import {type ContainerTerminal, containerTerminal} from './container-terminal.ts';
import type {VolumeMountPoint} from './mounted-files.ts';
import {type ContainerProcesses, createProcessTable} from './process-table.ts';

export interface ContainerStart {
  container: Container;
  image: Image;
  podName: string;
  namespace: string;
  hostname: string;
  /** What its /etc/hosts says. */
  hosts: string;
  network: PodNetwork;
  /** Besides the image's. */
  environment: Readonly<Record<string, string>>;
  mounts: readonly VolumeMountPoint[];
  /** On the host. */
  logPath: string;
  clock: SandboxClock;
  report(error: unknown): void;
}

/** A container that was started. */
export interface ContainerHandle {
  running: RunningContainer;
  processes: ContainerProcesses;
  log: LogWriter;
  /** On the host. */
  logPath: string;
  stdin: PassThrough | undefined;
  stdout: AttachableOutput;
  stderr: AttachableOutput;
  terminal: ContainerTerminal | undefined;
  /** When its main process ended and all it printed is in its log. */
  ended: Promise<ExitStatus>;
}

/** @throws ProgramNotFound when the image has no such command */
export async function startContainer(start: ContainerStart): Promise<ContainerHandle> {
  const {container, image, clock, report} = start;
  const env = {HOSTNAME: start.hostname, ...image.env, HOME: '/root', ...start.environment};
  const {files, hostPath} = createContainerFiles(image, managedFiles(start), start.mounts);
  const processes = createProcessTable({
    image,
    env,
    workingDirectory: container.workingDir ?? (image.workingDirectory || '/'),
    clock,
    container: () => running,
    report,
  });
  const running: RunningContainer = {
    hostname: start.hostname,
    podName: start.podName,
    namespace: start.namespace,
    files,
    hostPath,
    mounts: start.mounts,
    network: start.network,
    processes,
  };
  const log = openLog(start.logPath, clock, report);
  const stdin = container.stdin ? new PassThrough() : undefined;
  const [stdout, stderr] = [attachableOutput(log.stdout), attachableOutput(log.stderr)];
  const terminal = container.tty ? containerTerminal() : undefined;
  const main = processes.spawn(commandOf(container, image, start.environment), {
    stdin: stdin ?? Readable.from([]),
    stdout: stdout.stream,
    stderr: terminal ? stdout.stream : stderr.stream,
    ...(terminal && {tty: terminal.tty}),
  });
  const ended = main.ended.then(async status => {
    await log.close();
    return status;
  });
  return {running, processes, log, logPath: start.logPath, stdin, stdout, stderr, terminal, ended};
}

/** A Pod's command replaces the image's entrypoint, its args the image's command. */
function commandOf(
  {command, args}: Container,
  image: Image,
  variables: Readonly<Record<string, string>>,
): string[] {
  const given = [...(command ?? []), ...(args ?? [])].map(word => expand(word, name => variables[name]));
  if (command) return given;
  return [...image.entrypoint, ...(args ? given : image.command)];
}

/** What the kubelet and the container runtime put into every container. */
const managedFiles = ({hostname, hosts, namespace, container}: ContainerStart) => ({
  '/etc/hostname': `${hostname}\n`,
  '/etc/hosts': hosts,
  '/etc/resolv.conf': `search ${namespace}.svc.cluster.local svc.cluster.local cluster.local
nameserver 10.43.0.10
options ndots:5
`,
  [container.terminationMessagePath ?? '/dev/termination-log']: '',
});
