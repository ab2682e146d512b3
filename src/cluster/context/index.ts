import {createHash} from 'node:crypto';
import {ifAllowed} from '../../engine/if-allowed.ts';
import type {Clock, Cluster, Provider} from '../../engine/ports.ts';
import {ExpectedError, exitCodes} from '../../errors.ts';
import {clusterApi} from '../../kube/api.ts';
import {type KubeClient, openClient} from '../../kube/client.ts';
import {
  currentNamespace,
  type KubeconfigContent,
  kubeconfigFile,
  readKubeconfig,
  writeKubeconfig,
} from '../../kube/kubeconfig.ts';
import {listNodeDirectory} from '../../kube/node-directory.ts';
import {kubeProbes} from '../../kube/probes.ts';
import type {Environment} from '../../kube/program.ts';
import {clusterWatch} from '../../kube/watch.ts';
import {dockerPrograms} from '../docker/programs.ts';
import {toldApi} from '../told-api.ts';
import {contextUnreachable} from '../unreachable.ts';
import {contextNames, contextsIn, flattenContext, kubeconfigFiles} from './flatten.ts';
import {findLocalMachines} from './machines.ts';
import {contextNodes} from './nodes.ts';

export interface ContextOptions {
  env: Environment;
  clock: Clock;
  /** The learner's home directory, where kubectl looks for .kube/config. */
  home: string;
  /** A file to use instead, as with kubectl's --kubeconfig. */
  kubeconfig?: string;
  /** statelab's own: its kubeconfigs lie in it. */
  stateDirectory: string;
  /** Nodes and PersistentVolumes may be changed. */
  consented: boolean;
  /** Is the learner's stdin a terminal? */
  terminal: boolean;
  /** For the Pods that look into nodes: one with ls and rm. */
  helperImage: string;
}

/** A cluster that is there already, by the name of its kubeconfig context. It is used, and never made or deleted. */
export function contextProvider(options: ContextOptions): Provider {
  const files = kubeconfigFiles(options.kubeconfig, options.env, options.home);
  return {
    id: 'context',
    check: async () => {},
    /** Whether they run is not asked here: a cluster that is switched off would make the list wait. */
    list: async () =>
      (await contextsIn(files)).map(({name, server}) => ({
        provider: 'context',
        name,
        ours: false,
        running: true,
        ...(server === undefined ? {} : {server}),
        nodes: [],
      })),
    create: () => notOurs('A cluster behind a kubeconfig context is not made by statelab.'),
    remove: () => notOurs('A cluster behind a kubeconfig context is not deleted by statelab.'),
    connect: (name, signal) => connect(files, options, name, signal),
  };
}

const notOurs = (detail: string) =>
  Promise.reject(new ExpectedError('usage', {detail}, {exitCode: exitCodes.usage}));

/** How long a cluster may take to say its version, in milliseconds: a plugin may fetch a token first, from afar. */
const answerLimit = 15_000;

async function connect(
  files: string[],
  options: ContextOptions,
  name: string,
  signal: AbortSignal,
): Promise<Cluster> {
  const kubeconfig = kubeconfigFile(options.stateDirectory, 'context', name);
  const content = await flattenContext(files, name);
  await writeKubeconfig(kubeconfig, content);
  const client = openClient(kubeconfig);
  try {
    await client.version(AbortSignal.any([signal, AbortSignal.timeout(answerLimit)])).catch(error => {
      signal.throwIfAborted();
      throw contextUnreachable(name)(error.message, {cause: error});
    });
    return await clusterBehind(client, content, {...options, files, name, kubeconfig}, signal);
  } catch (error) {
    await client.close();
    throw error;
  }
}

interface Behind extends Omit<ContextOptions, 'kubeconfig'> {
  files: string[];
  name: string;
  /** The copy that statelab works with. */
  kubeconfig: string;
}

async function clusterBehind(
  client: KubeClient,
  content: KubeconfigContent,
  {files, name, kubeconfig, clock, consented, env, helperImage, terminal}: Behind,
  signal: AbortSignal,
): Promise<Cluster> {
  const api = toldApi(clusterApi(client, clock, identityOf(content)), contextUnreachable(name));
  const docker = dockerPrograms(env);
  const machines = await findLocalMachines(docker, (await ifAllowed(api.nodes(signal))) ?? [], signal);
  const helper = {client, clock, image: helperImage};
  const nodes = contextNodes({client, helper, docker, machines, consented, terminal});
  return {
    provider: 'context',
    name,
    kubeconfig,
    api,
    watch: clusterWatch(client, clock),
    nodes,
    nodeOperations: machines !== undefined,
    guest: {consented},
    probes: kubeProbes({
      client,
      kubeconfig,
      env,
      listFiles: async ({node, path, namespace}, signal) => {
        const current = namespace ?? currentNamespace(await readKubeconfig(kubeconfig)) ?? 'default';
        return listNodeDirectory(helper, node, path, current, signal);
      },
      machines: nodes.list,
    }),
    loadImages: async () => {},
    exists: async () => (await contextNames(files)).includes(name),
    close: () => client.close(),
  };
}

/** For those who may not ask the cluster who it is: where it is, and whose certificate it has. */
function identityOf({clusters = []}: KubeconfigContent): string {
  const {server, 'certificate-authority-data': authority} = clusters[0]?.cluster ?? {};
  return createHash('sha256')
    .update(JSON.stringify([server, authority]))
    .digest('hex');
}
