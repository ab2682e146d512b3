import {randomUUID} from 'node:crypto';
import {posix} from 'node:path';
import type {Clock} from '../engine/ports.ts';
import type {KubeObject} from '../world/object.ts';
import {managedBy} from './api.ts';
import {hasStatus, type KubeClient} from './client.ts';
import {gone} from './gone.ts';
import {list} from './list.ts';
import {observe} from './observe.ts';
import type {Call} from './path.ts';

export interface HelperOptions {
  client: KubeClient;
  clock: Clock;
  /** An image with ls and rm. */
  image: string;
}

/** Seconds after which Kubernetes itself ends a helper Pod, should nobody be left to delete it. */
const helperLife = 60;

export interface HelperTask {
  namespace: string;
  node: string;
  /** The directory on the node; the one above it is mounted, at the same place. */
  directory: string;
  /** Gets the directory as its last argument. */
  command: string[];
  readOnly: boolean;
}

interface HelperPod extends HelperTask {
  name: string;
}

/** Runs a program on a node, by a Pod that lives for a moment. Whatever happens, the Pod goes. */
export async function runOnNode(
  options: HelperOptions,
  task: HelperTask,
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
  const made = await client.call(
    {verb: 'create', resource: 'pods', namespace, body: helperPod(pod, image)},
    signal,
  );
  await sweep(client, made as unknown as KubeObject, signal);
  const exitCode = await exitCodeOf(client, clock, pod, signal);
  const output = await client.read(
    {verb: 'get', resource: 'pods', namespace, name, subresource: 'log'},
    signal,
  );
  return {exitCode, output};
}

/**
 * Deletes the helpers that a statelab left which was killed: those that Kubernetes itself has ended by now. The times
 * are all the server's, whose clock may be another than ours.
 */
async function sweep(client: KubeClient, {metadata}: KubeObject, signal: AbortSignal): Promise<void> {
  const {namespace = '', creationTimestamp = ''} = metadata;
  const {objects} = await list(client, {resource: 'pods', namespace}, signal);
  const born = (time = '') => Date.parse(time);
  for (const {
    metadata: {name, labels = {}, creationTimestamp: time},
  } of objects) {
    if (!(helperLabel in labels) || born(creationTimestamp) - born(time) < 2 * helperLife * 1_000) continue;
    await client
      .call({verb: 'delete', resource: 'pods', namespace, name, body: {gracePeriodSeconds: 0}}, signal)
      .catch(error => (hasStatus(error, 404) ? undefined : Promise.reject(error)));
  }
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

const helperLabel = 'statelab.dev/helper';
const helperLabels = {...managedBy, [helperLabel]: 'true'};

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
          // A quota of the namespace may ask for both.
          resources: {requests: helperResources, limits: helperResources},
        },
      ],
      volumes: [{name: 'node', hostPath: {path: mountPath, type: 'DirectoryOrCreate'}}],
    },
  };
}

const helperResources = {cpu: '50m', memory: '32Mi'};

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
