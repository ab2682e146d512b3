import {readFile} from 'node:fs/promises';
import {delimiter, dirname, isAbsolute, join, resolve} from 'node:path';
import {z} from 'zod';
import {ExpectedError} from '../../errors.ts';
import {type KubeconfigContent, readKubeconfig} from '../../kube/kubeconfig.ts';
import {problemsOf} from '../../kube/problems.ts';
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

/**
 * All contexts in the files, with where their clusters are. Of two with one name the first counts.
 * @throws ExpectedError `kubeconfig-unreadable`
 */
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
 * @throws ExpectedError `context-unknown`, `context-unreachable`, `kubeconfig-unreadable`
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
      content: await readWhole(file),
      directory: dirname(resolve(file)),
    })),
  );
}

/** A file that is not there has nothing in it. */
async function readWhole(file: string): Promise<KubeconfigContent> {
  try {
    const content = await readKubeconfig(file);
    shape.parse(content);
    return content;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw unreadable(file, error);
  }
}

/** As far as it is looked into here. */
const shape = z.looseObject({
  contexts: z.array(z.looseObject({name: z.string(), context: z.looseObject({})})).nullish(),
  clusters: z.array(z.looseObject({name: z.string(), cluster: z.looseObject({})})).nullish(),
  users: z.array(z.looseObject({name: z.string(), user: z.looseObject({}).nullish()})).nullish(),
});

/** Whoever wrote the file can do something about it. */
const unreadable = (file: string, error: unknown) =>
  new ExpectedError('kubeconfig-unreadable', {file, detail: detailOf(error)}, {cause: error});

/** What the YAML parser says of a place is followed by the place itself, over several lines. */
function detailOf(error: unknown): string {
  if (error instanceof z.ZodError) return problemsOf(error);
  return (error as Error).message.split('\n')[0]?.replace(/:$/, '') ?? '';
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
      flat[`${key}-data`] = (await readBeside(absolute(path))).toString('base64');
  }
  if (typeof flat.tokenFile === 'string') {
    flat.tokenFile = absolute(flat.tokenFile);
    flat.token = (await readBeside(`${flat.tokenFile}`)).toString().trim();
  }
  const plugin = flat.exec as {command?: string} | undefined;
  if (plugin?.command && /[\\/]/.test(plugin.command))
    flat.exec = {...plugin, command: absolute(plugin.command)};
  return flat as Settings;
}

/** A file that a kubeconfig names. */
const readBeside = (file: string): Promise<Buffer> =>
  readFile(file).catch(error => {
    throw unreadable(file, error);
  });
