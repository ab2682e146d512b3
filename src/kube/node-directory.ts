import {posix} from 'node:path';
import type {LookAnswer} from '../engine/ports.ts';
import {type HelperOptions, runOnNode} from './helper-pod.ts';

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
