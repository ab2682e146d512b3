import {randomUUID} from 'node:crypto';
import {posix} from 'node:path';
import type {Clock, LookAnswer} from '../engine/ports.ts';
import type {KubeObject} from '../world/object.ts';
import {managedBy} from './api.ts';
import {hasStatus, type KubeClient} from './client.ts';
import {gone} from './gone.ts';
import {observe} from './observe.ts';
import type {Call} from './path.ts';

/** All that labs keep on nodes lies below it, and nothing else may be touched there. */
export const nodeRoot = '/var/lib/statelab';

/** Where all nodes of a cluster that statelab made have one and the same directory; the labs share it. */
export const sharedMount = '/lab-shared';

/**
 * The path, normalised.
 * @param roots the directories below which labs keep what is theirs
 * @throws Error when it lies elsewhere: a bug or a bad lab, never a learner's slip
 */
export function belowRoot(path: string, roots: readonly string[]): string {
  const clean = posix.normalize(path).replace(/\/$/, '');
  if (!roots.some(root => clean.startsWith(`${root}/`)))
    throw new Error(`${path} is not below ${roots.join(' or ')}`);
  return clean;
}

export interface HelperOptions {
  client: KubeClient;
  clock: Clock;
  /** An image with ls and rm. */
  image: string;
}

/**
 * Lists a directory of a node whose inside is reached in no other way, by a Pod that lives for a moment. It may lie
 * anywhere, as volumes do, and is only read. What is no path, as of a volume that has none, is not there.
 */
export async function listNodeDirectory(
  options: HelperOptions,
  node: string,
  path: string,
  namespace: string,
  signal: AbortSignal,
): Promise<LookAnswer> {
  const directory = posix.normalize(path).replace(/\/$/, '');
  if (posix.dirname(directory) === '/' || !posix.isAbsolute(directory))
    return {object: node, node, ok: false, text: `${path}: No such file or directory`};
  const list = {node, namespace, directory, command: ['ls', '-1A'], readOnly: true};
  const {exitCode, output} = await runOnNode(options, list, signal);
  return {object: node, node, ok: exitCode === 0, text: output};
}

/** Deletes it. One that is not there is deleted already. */
export async function removeNodeDirectory(
  options: HelperOptions,
  node: string,
  path: string,
  namespace: string,
  signal: AbortSignal,
): Promise<void> {
  const directory = belowRoot(path, [nodeRoot]);
  const remove = {node, namespace, directory, command: ['rm', '-rf'], readOnly: false};
  const {exitCode, output} = await runOnNode(options, remove, signal);
  if (exitCode !== 0) throw new Error(`${path} could not be deleted on ${node}: ${output}`);
}

/** Seconds after which Kubernetes itself ends a helper Pod, should nobody be left to delete it. */
const helperLife = 60;

interface HelperPod {
  name: string;
  namespace: string;
  node: string;
  /** The directory on the node; the one above it is mounted, at the same place. */
  directory: string;
  /** Gets the directory as its last argument. */
  command: string[];
  readOnly: boolean;
}

async function runOnNode(
  options: HelperOptions,
  task: Omit<HelperPod, 'name'>,
  signal: AbortSignal,
): Promise<{exitCode: number; output: string}> {
  const {client} = options;
  const {namespace} = task;
  const pod = {...task, name: `statelab-helper-${randomUUID().slice(0, 8)}`};
  const limited = AbortSignal.any([signal, AbortSignal.timeout(helperLife * 1_000)]);
  const lacksNamespace = await isMissing(client, namespace, limited);
  const [ran] = await Promise.allSettled([run(options, pod, lacksNamespace, limited)]);
  const [cleaned] = await Promise.allSettled([cleanUp(options, pod, lacksNamespace)]);
  if (ran.status === 'rejected') throw ran.reason;
  if (cleaned.status === 'rejected') throw cleaned.reason;
  return ran.value;
}

async function run(
  {client, clock, image}: HelperOptions,
  pod: HelperPod,
  lacksNamespace: boolean,
  signal: AbortSignal,
) {
  const {name, namespace} = pod;
  // Directories outlive the namespace of their lab, so that it may be gone already.
  if (lacksNamespace)
    await client.call({verb: 'create', resource: 'namespaces', body: helperNamespace(namespace)}, signal);
  await client.call({verb: 'create', resource: 'pods', namespace, body: helperPod(pod, image)}, signal);
  const exitCode = await exitCodeOf(client, clock, pod, signal);
  const output = await client.read(
    {verb: 'get', resource: 'pods', namespace, name, subresource: 'log'},
    signal,
  );
  return {exitCode, output};
}

async function isMissing(client: KubeClient, namespace: string, signal: AbortSignal): Promise<boolean> {
  try {
    await client.call({verb: 'get', resource: 'namespaces', name: namespace}, signal);
    return false;
  } catch (error) {
    if (hasStatus(error, 404)) return true;
    throw error;
  }
}

async function exitCodeOf(
  client: KubeClient,
  clock: Clock,
  {name, namespace}: HelperPod,
  signal: AbortSignal,
): Promise<number> {
  const scope = {resource: 'pods', namespace, fields: `metadata.name=${name}`};
  for await (const sight of observe(client, clock, scope, signal)) {
    const pods = sight.type === 'listed' ? sight.objects : sight.type === 'put' ? [sight.object] : [];
    for (const {status} of pods as PodWithStatus[]) {
      const {terminated, waiting} = status?.containerStatuses?.[0]?.state ?? {};
      if (terminated) return terminated.exitCode;
      if (status?.phase === 'Failed')
        throw new Error(`the helper Pod failed: ${status.message ?? status.reason}`);
      if (/BackOff|Invalid|NeverPull/.test(waiting?.reason ?? ''))
        throw new Error(`the helper Pod does not start: ${waiting?.message ?? waiting?.reason}`);
    }
  }
  throw signal.reason;
}

/** With a signal of its own: the Pod goes also when the learner has pressed Ctrl-C. */
async function cleanUp(
  {client, clock}: HelperOptions,
  {name, namespace}: HelperPod,
  madeNamespace: boolean,
): Promise<void> {
  const signal = AbortSignal.timeout(30_000);
  const pod: Call = {verb: 'delete', resource: 'pods', namespace, name, body: {gracePeriodSeconds: 0}};
  const call: Call = madeNamespace ? {verb: 'delete', resource: 'namespaces', name: namespace} : pod;
  await client.call(call, signal).catch(error => (hasStatus(error, 404) ? undefined : Promise.reject(error)));
  if (madeNamespace) await gone(client, clock, {resource: 'namespaces', name: namespace}, signal);
}

const helperLabels = {...managedBy, 'statelab.dev/helper': 'true'};

const helperNamespace = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {name, labels: {...helperLabels, 'pod-security.kubernetes.io/enforce': 'privileged'}},
});

/** Placed by name, past the scheduler, and tolerating everything: a cordoned or tainted node has to be tidied too. */
function helperPod({name, node, directory, command, readOnly}: HelperPod, image: string) {
  const mountPath = posix.dirname(directory);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name, labels: helperLabels},
    spec: {
      nodeName: node,
      restartPolicy: 'Never',
      activeDeadlineSeconds: helperLife,
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      tolerations: [{operator: 'Exists'}],
      containers: [
        {
          name: 'helper',
          image,
          imagePullPolicy: 'IfNotPresent',
          command: [...command, '--', directory],
          volumeMounts: [{name: 'node', mountPath, readOnly}],
        },
      ],
      volumes: [{name: 'node', hostPath: {path: mountPath, type: 'DirectoryOrCreate'}}],
    },
  };
}

type PodWithStatus = KubeObject & {
  status?: {
    phase?: string;
    reason?: string;
    message?: string;
    containerStatuses?: {
      state?: {terminated?: {exitCode: number}; waiting?: {reason?: string; message?: string}};
    }[];
  };
};
