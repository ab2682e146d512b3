import {randomUUID} from 'node:crypto';
import {posix} from 'node:path';
import type {Clock, LookAnswer} from '../engine/ports.ts';
import type {JsonMap, KubeObject} from '../world/object.ts';
import {managedBy} from './api.ts';
import {hasStatus, type KubeClient} from './client.ts';
import {gone} from './gone.ts';
import {observe} from './observe.ts';

/** All that labs keep on nodes lies below it, and nothing else may be touched there. */
export const nodeRoot = '/var/lib/statelab';

/** The path, normalised. @throws Error when it is not below /var/lib/statelab: a bug or a bad lab, never a learner's slip */
export function belowNodeRoot(path: string): string {
  const clean = posix.normalize(path).replace(/\/$/, '');
  if (!clean.startsWith(`${nodeRoot}/`)) throw new Error(`${path} is not below ${nodeRoot}`);
  return clean;
}

export interface HelperOptions {
  client: KubeClient;
  clock: Clock;
  /** An image with ls and rm. */
  image: string;
}

/** Lists a directory of a node whose inside is reached in no other way, by a Pod that lives for a moment. */
export async function listNodeDirectory(
  options: HelperOptions,
  node: string,
  path: string,
  namespace: string,
  signal: AbortSignal,
): Promise<LookAnswer> {
  const {exitCode, output} = await runOnNode(options, node, path, namespace, ['ls', '-1A'], signal);
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
  const {exitCode, output} = await runOnNode(options, node, path, namespace, ['rm', '-rf'], signal);
  if (exitCode !== 0) throw new Error(`${path} could not be deleted on ${node}: ${output}`);
}

/** Seconds after which Kubernetes itself ends a helper Pod, should nobody be left to delete it. */
const helperLife = 60;

async function runOnNode(
  {client, clock, image}: HelperOptions,
  node: string,
  path: string,
  namespace: string,
  command: string[],
  signal: AbortSignal,
): Promise<{exitCode: number; output: string}> {
  const {dir, base} = posix.parse(belowNodeRoot(path));
  const name = `statelab-helper-${randomUUID().slice(0, 8)}`;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(helperLife * 1_000)]);
  const body = helperPod({name, node, image, dir, command: [...command, '--', `/node/${base}`]});
  const madeNamespace = await createIn(client, namespace, body, limited);
  try {
    const exitCode = await exitCodeOf(client, clock, {name, namespace}, limited);
    const output = await client.read(
      {verb: 'get', resource: 'pods', namespace, name, subresource: 'log'},
      limited,
    );
    return {exitCode, output};
  } finally {
    await cleanUp(client, clock, {name, namespace, madeNamespace});
  }
}

/** Makes the Pod, and its namespace when that is not there (any more): directories outlive the namespace of their lab. */
async function createIn(
  client: KubeClient,
  namespace: string,
  body: JsonMap,
  signal: AbortSignal,
): Promise<boolean> {
  const create = () => client.call({verb: 'create', resource: 'pods', namespace, body}, signal);
  try {
    await create();
    return false;
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
    const labels = {...managedBy, ...helperLabel, 'pod-security.kubernetes.io/enforce': 'privileged'};
    const made = {apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace, labels}};
    await client.call({verb: 'create', resource: 'namespaces', body: made}, signal);
    await create();
    return true;
  }
}

async function exitCodeOf(
  client: KubeClient,
  clock: Clock,
  {name, namespace}: {name: string; namespace: string},
  signal: AbortSignal,
): Promise<number> {
  const scope = {resource: 'pods', namespace, fields: `metadata.name=${name}`};
  for await (const sight of observe(client, clock, scope, signal)) {
    const pods = sight.type === 'listed' ? sight.objects : sight.type === 'put' ? [sight.object] : [];
    for (const pod of pods) {
      const {phase, reason, message, containerStatuses = []} = (pod as PodWithStatus).status ?? {};
      const exitCode = containerStatuses[0]?.state?.terminated?.exitCode;
      if (exitCode !== undefined) return exitCode;
      if (phase === 'Failed')
        throw new Error(`the helper Pod failed: ${reason ?? ''} ${message ?? ''}`.trimEnd());
    }
  }
  throw signal.reason;
}

/** With a signal of its own: the Pod goes also when the learner has pressed Ctrl-C. */
async function cleanUp(
  client: KubeClient,
  clock: Clock,
  made: {name: string; namespace: string; madeNamespace: boolean},
): Promise<void> {
  const {name, namespace, madeNamespace} = made;
  const signal = AbortSignal.timeout(30_000);
  const deletion = madeNamespace
    ? ({verb: 'delete', resource: 'namespaces', name: namespace} as const)
    : ({verb: 'delete', resource: 'pods', namespace, name, body: {gracePeriodSeconds: 0}} as const);
  await client
    .call(deletion, signal)
    .catch(error => (hasStatus(error, 404) ? undefined : Promise.reject(error)));
  if (madeNamespace) await gone(client, clock, {resource: 'namespaces', name: namespace}, signal);
}

const helperLabel = {'statelab.dev/helper': 'true'};

/** Placed by name, past the scheduler, and tolerating everything: a cordoned or tainted node has to be tidied too. */
const helperPod = ({
  name,
  node,
  image,
  dir,
  command,
}: {
  name: string;
  node: string;
  image: string;
  dir: string;
  command: string[];
}): JsonMap => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {name, labels: {...managedBy, ...helperLabel}},
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
        command,
        volumeMounts: [{name: 'node', mountPath: '/node'}],
      },
    ],
    volumes: [{name: 'node', hostPath: {path: dir, type: 'DirectoryOrCreate'}}],
  },
});

type PodWithStatus = KubeObject & {
  status?: {
    phase?: string;
    reason?: string;
    message?: string;
    containerStatuses?: {state?: {terminated?: {exitCode: number}}}[];
  };
};
