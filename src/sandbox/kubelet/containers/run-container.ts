import {randomBytes} from 'node:crypto';
import type {Image} from '../../programs/program.ts';
import {ProgramNotFound} from '../../programs/program.ts';
import {timestamp} from '../../timestamps.ts';
import {ContainerConfigError, environment} from '../environment/environment.ts';
import {startFailed} from '../errors.ts';
import {type PodRuntime, placeOf, teller} from '../pod-runtime.ts';
import {hostnameOf, type PodSandbox} from '../pod-sandbox.ts';
import {logDirectory} from '../pod-volumes.ts';
import {containerMounts} from '../volumes/container-mounts.ts';
import type {ContainerRecord, ContainerRun} from './container-record.ts';
import {hostsFile} from './hosts-file.ts';
import {imageVolumes} from './image-volumes.ts';
import {canonicalImage, ImageError, imageIdOf, pullImage} from './pull-image.ts';
import {startContainer} from './start-container.ts';
import {watchContainer} from './watch-container.ts';

/**
 * Starts a container once: its first run, or the next one. What it fails at shows in the record as what it waits for,
 * and in events.
 */
export async function runContainer(
  runtime: PodRuntime,
  sandbox: PodSandbox,
  record: ContainerRecord,
): Promise<void> {
  const tell = teller(runtime, record);
  try {
    const image = pullImage(runtime.context, record.spec, runtime.backOff, tell);
    await start(runtime, sandbox, record, image);
  } catch (error) {
    if (error instanceof ImageError) {
      record.waiting = {reason: error.reason, message: error.message};
    } else if (error instanceof ContainerConfigError) {
      tell('Warning', 'Failed', `Error: ${error.message}`);
      record.waiting = {reason: 'CreateContainerConfigError', message: error.message};
    } else {
      throw error;
    }
  }
}

async function start(
  runtime: PodRuntime,
  sandbox: PodSandbox,
  record: ContainerRecord,
  image: Image,
): Promise<void> {
  const {context, pod} = runtime;
  const {spec} = record;
  const tell = teller(runtime, record);
  const variables = environment(spec, {registry: context.registry, pod, place: placeOf(runtime)});
  const mounts = await containerMounts(spec, runtime.volumes, variables);
  const restartCount = record.run ? record.restartCount + 1 : 0;
  const run = newRun(runtime, sandbox, record);
  tell('Normal', 'Created', 'Container created');
  try {
    const handle = await startContainer({
      container: spec,
      image,
      podName: pod.metadata.name,
      namespace: pod.metadata.namespace ?? '',
      hostname: hostnameOf(pod),
      hosts: hostsFile(pod, sandbox.ip),
      network: sandbox.network,
      environment: variables,
      mounts: [...mounts, ...(await imageVolumes(runtime, image, run.id, mounts))],
      logPath: await logPath(runtime, record, restartCount),
      clock: context.clock,
      report: context.report,
    });
    tell('Normal', 'Started', 'Container started');
    begin(record, {...run, handle}, restartCount);
    await watchContainer(runtime, record, handle);
  } catch (error) {
    if (!(error instanceof ProgramNotFound)) throw error;
    const message = startFailed(error);
    tell('Warning', 'Failed', `Error: ${message}`);
    begin(record, notStarted(run, message, context.clock.now()), restartCount);
    record.waiting = {reason: 'RunContainerError', message};
  }
}

function newRun({context}: PodRuntime, {number}: PodSandbox, {spec}: ContainerRecord): ContainerRun {
  const image = canonicalImage(spec.image ?? '');
  return {
    id: `containerd://${randomBytes(32).toString('hex')}`,
    image,
    imageId: imageIdOf(image),
    startedAt: timestamp(context.clock.now()),
    sandbox: number,
  };
}

function begin(record: ContainerRecord, run: ContainerRun, restartCount: number): void {
  if (record.run?.terminated) record.last = record.run.terminated;
  record.run = run;
  record.restartCount = restartCount;
  record.ready = false;
  record.started = false;
  delete record.waiting;
}

const notStarted = (run: ContainerRun, message: string, now: number): ContainerRun => ({
  ...run,
  endedAt: now,
  terminated: {
    exitCode: 128,
    reason: 'StartError',
    message,
    startedAt: timestamp(0),
    finishedAt: timestamp(now),
    containerID: run.id,
  },
});

/** On the host. The logs of this run and the one before are kept. */
async function logPath({context, pod}: PodRuntime, {spec}: ContainerRecord, run: number): Promise<string> {
  const {files} = context.machine;
  const directory = `${logDirectory(pod)}/${spec.name}`;
  await files.remove(`${directory}/${run - 2}.log`);
  return files.hostPath(`${directory}/${run}.log`);
}
