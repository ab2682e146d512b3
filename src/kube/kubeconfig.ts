import {randomUUID} from 'node:crypto';
import {mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {parse, stringify} from 'yaml';
import {unwritable} from '../errors.ts';

/** A kubeconfig file's content, as far as statelab looks into it. */
export interface KubeconfigContent {
  'current-context'?: string;
  clusters?: {name: string; cluster: Record<string, unknown> & {server?: string}}[];
  contexts?: {name: string; context: {cluster: string; user: string; namespace?: string}}[];
  users?: {name: string; user: Record<string, unknown>}[];
  [field: string]: unknown;
}

/** The file that statelab keeps for a cluster, in its own state directory. */
export const kubeconfigFile = (stateDirectory: string, provider: string, name: string) =>
  join(stateDirectory, 'kubeconfig', `${provider}-${encodeURIComponent(name)}.yaml`);

export const readKubeconfig = async (file: string): Promise<KubeconfigContent> =>
  (parse(await readFile(file, 'utf8')) as KubeconfigContent | null) ?? {};

/**
 * Writes a kubeconfig of statelab's own: in one go, for the owner's eyes only. A file that is already
 * there hands on its current namespace, because a terminal may be at work with it.
 */
export async function writeKubeconfig(file: string, content: KubeconfigContent): Promise<void> {
  const before = await readKubeconfig(file).catch(() => ({}));
  const namespace = currentNamespace(before);
  await replaceFile(file, namespace === undefined ? content : withNamespace(content, namespace));
}

/** Sets the namespace that kubectl uses when none is given. */
export const setCurrentNamespace = async (file: string, namespace: string): Promise<void> =>
  replaceFile(file, withNamespace(await readKubeconfig(file), namespace));

export const currentNamespace = (content: KubeconfigContent): string | undefined =>
  content.contexts?.find(({name}) => name === content['current-context'])?.context.namespace;

function withNamespace(content: KubeconfigContent, namespace: string): KubeconfigContent {
  const contexts = (content.contexts ?? []).map(entry =>
    entry.name === content['current-context'] ? {...entry, context: {...entry.context, namespace}} : entry,
  );
  return {...content, contexts};
}

async function replaceFile(file: string, content: KubeconfigContent): Promise<void> {
  const beside = `${file}.${randomUUID()}`;
  try {
    await mkdir(dirname(file), {recursive: true, mode: 0o700});
    await writeFile(beside, stringify(content), {mode: 0o600, flag: 'wx'});
    await rename(beside, file);
  } catch (error) {
    await rm(beside, {force: true}).catch(() => {}); // the first error says more
    throw unwritable(file, error);
  }
}
