import {badRequest} from '../../status-error.ts';
import type {ContainerRecord} from '../containers/container-record.ts';
import type {LogRequest} from '../kubelets.ts';
import {readLog} from '../logs/read-log.ts';
import {logDirectory} from '../pod-volumes.ts';
import {type FoundContainer, findContainer, findNamed, type Nodes} from './find-container.ts';

/**
 * The log of a container; nothing of a Pod without a node.
 * @throws StatusError when there is no such Pod or container, it has no log (yet), or its node does not answer
 */
export async function containerLog(nodes: Nodes, request: LogRequest): Promise<AsyncIterable<Buffer>> {
  const {namespace, pod: podName} = request;
  // There is no kubelet to ask: the API server answers with nothing.
  if (!findNamed(nodes, request).pod.spec?.nodeName) return nothing();
  const found = findContainer(
    nodes,
    request,
    ({ip}, container) => `Get "https://${ip}:10250/containerLogs/${namespace}/${podName}/${container}": `,
  );
  const run = runToShow(found, request.previous);
  const machine = nodes.machines.get(found.pod.spec?.nodeName ?? '');
  const path = `${logDirectory(found.pod)}/${found.name}/${run}.log`;
  const hostPath = (await machine?.files.hostPath(path)) ?? path;
  const isNewest = run === found.record?.restartCount;
  return readLog(hostPath, isNewest ? found.record?.run?.handle?.log : undefined, request);
}

async function* nothing(): AsyncGenerator<Buffer> {}

/** Which run's log is meant: its number is the restart count it had. */
function runToShow({record, pod, name, runtime}: FoundContainer, previous: boolean): number {
  const where = `container "${name}" in pod "${pod.metadata.name}"`;
  const waits = record?.waiting && (!record.run || record.run.terminated);
  // While it waits for its next run, the newest one is the previous one.
  if (previous) {
    if (record?.run && waits) return record.restartCount;
    if (record?.run && record.last) return record.restartCount - 1;
    throw badRequest(`previous terminated ${where} not found`);
  }
  if (record?.run) return record.restartCount;
  const starting =
    (runtime?.records.length ?? 0) > (pod.spec?.containers.length ?? 0)
      ? 'PodInitializing'
      : 'ContainerCreating';
  throw badRequest(`${where} is waiting to start: ${waitingFor(record, starting)}`);
}

function waitingFor(record: ContainerRecord | undefined, starting: string): string {
  const reason = record?.waiting?.reason;
  if (reason === 'ErrImagePull') return "image can't be pulled";
  if (reason === 'ImagePullBackOff') return 'trying and failing to pull image';
  return reason ?? starting;
}
