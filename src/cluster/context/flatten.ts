import {readFile} from 'node:fs/promises';
import {delimiter, dirname, isAbsolute, join, resolve} from 'node:path';
import {ExpectedError} from '../../errors.ts';
import {type KubeconfigContent, readKubeconfig} from '../../kube/kubeconfig.ts';
import type {Environment} from '../../kube/program.ts';

/** The kubeconfig files that kubectl would read: --kubeconfig, else KUBECONFIG, else the one at home. */
export function kubeconfigFiles(given: string | undefined, env: Environment, home: string): string[] {
  if (given !== undefined) return [given];
  const listed = (env.KUBECONFIG ?? '').split(delimiter).filter(file => file !== '');
  return listed.length > 0 ? listed : [join(home, '.kube', 'config')];
}

/** The names of all contexts in the files. A file that is not there has none. */
export const contextNames = async (files: readonly string[]): Promise<string[]> =>
  (await contextsIn(files)).map(({name}) => name);

/** All contexts in the files, with where their clusters are. Of two with one name the first counts. */
export async function contextsIn(files: readonly string[]): Promise<{name: string; server?: string}[]> {
  const contents = (await readAll(files)).map(({content}) => content);
  const clusters = contents.flatMap(content => content.clusters ?? []);
  const contexts = contents
    .flatMap(content => content.contexts ?? [])
    .filter(({name}, index, all) => all.findIndex(other => other.name === name) === index);
  return contexts.map(({name, context}) => {
    const server = clusters.find(cluster => cluster.name === context.cluster)?.cluster.server;
    return {name, ...(server === undefined ? {} : {server})};
  });
}

/**
 * A kubeconfig of nothing but one context, that does not depend on where the original lies. As with
 * kubectl, of two entries with one name that of the first file counts.
 * @throws ExpectedError `context-unknown`
 */
export async function flattenContext(files: readonly string[], name: string): Promise<KubeconfigContent> {
  const contents = await readAll(files);
  const find = <Kind extends 'contexts' | 'clusters' | 'users'>(kind: Kind, wanted: string | undefined) => {
    for (const {content, directory} of contents) {
      const entry = content[kind]?.find(one => one.name === wanted) as Entries[Kind] | undefined;
      if (entry) return {entry, directory};
    }
    return undefined;
  };
  const context = find('contexts', name);
  if (!context) throw new ExpectedError('context-unknown', {context: name, known: await contextNames(files)});
  const cluster = find('clusters', context.entry.context.cluster);
  const user = find('users', context.entry.context.user);
  if (!cluster)
    throw new ExpectedError('context-unreachable', {
      context: name,
      detail: `no cluster ${context.entry.context.cluster}`,
    });
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    contexts: [context.entry],
    clusters: [{...cluster.entry, cluster: await inlined(cluster.entry.cluster, cluster.directory)}],
    users: user ? [{...user.entry, user: await inlined(user.entry.user, user.directory)}] : [],
  };
}

type Entries = {[Kind in 'contexts' | 'clusters' | 'users']: NonNullable<KubeconfigContent[Kind]>[number]};

async function readAll(files: readonly string[]): Promise<{content: KubeconfigContent; directory: string}[]> {
  return Promise.all(
    files.map(async file => ({
      content: await readKubeconfig(file).catch(nothingIfMissing),
      directory: dirname(resolve(file)),
    })),
  );
}

function nothingIfMissing(error: unknown): KubeconfigContent {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
  throw error;
}

/** Certificates are copied in. What changes while it is used (a token's file) or is run (a plugin) keeps its place. */
async function inlined<Settings extends Record<string, unknown>>(
  settings: Settings,
  directory: string,
): Promise<Settings> {
  const absolute = (path: string) => (isAbsolute(path) ? path : join(directory, path));
  const flat: Record<string, unknown> = {...settings};
  for (const key of ['certificate-authority', 'client-certificate', 'client-key']) {
    const path = flat[key];
    delete flat[key];
    if (typeof path === 'string' && path !== '' && flat[`${key}-data`] === undefined)
      flat[`${key}-data`] = (await readFile(absolute(path))).toString('base64');
  }
  if (typeof flat.tokenFile === 'string') {
    flat.tokenFile = absolute(flat.tokenFile);
    flat.token = (await readFile(`${flat.tokenFile}`, 'utf8')).trim();
  }
  const plugin = flat.exec as {command?: string} | undefined;
  if (plugin?.command && /[\\/]/.test(plugin.command))
    flat.exec = {...plugin, command: absolute(plugin.command)};
  return flat as Settings;
}
