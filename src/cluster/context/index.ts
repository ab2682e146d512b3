import type {Clock, Cluster, Provider} from '../../engine/ports.ts';
import {ExpectedError, exitCodes} from '../../errors.ts';
import {clusterApi} from '../../kube/api.ts';
import {openClient} from '../../kube/client.ts';
import {currentNamespace, kubeconfigFile, readKubeconfig, writeKubeconfig} from '../../kube/kubeconfig.ts';
import {listNodeDirectory} from '../../kube/node-directory.ts';
import {kubeProbes} from '../../kube/probes.ts';
import type {Environment} from '../../kube/program.ts';
import {clusterWatch} from '../../kube/watch.ts';
import {contextNames, flattenContext, kubeconfigFiles} from './flatten.ts';
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
      (await contextNames(files)).map(name => ({
        provider: 'context',
        name,
        ours: false,
        running: true,
        nodes: [],
      })),
    create: () => notOurs('A cluster behind a kubeconfig context is not made by statelab.'),
    remove: () => notOurs('A cluster behind a kubeconfig context is not deleted by statelab.'),
    connect: (name, signal) => connect(files, options, name, signal),
  };
}

const notOurs = (detail: string) =>
  Promise.reject(new ExpectedError('usage', {detail}, {exitCode: exitCodes.usage}));

/** How long a cluster may take to say its version, in milliseconds. */
const answerLimit = 5_000;

async function connect(
  files: string[],
  options: ContextOptions,
  name: string,
  signal: AbortSignal,
): Promise<Cluster> {
  const {clock, env, helperImage, stateDirectory} = options;
  const kubeconfig = kubeconfigFile(stateDirectory, 'context', name);
  await writeKubeconfig(kubeconfig, await flattenContext(files, name));
  const client = openClient(kubeconfig);
  await client.version(AbortSignal.any([signal, AbortSignal.timeout(answerLimit)])).catch(async error => {
    await client.close();
    signal.throwIfAborted();
    throw new ExpectedError('context-unreachable', {context: name, detail: error.message}, {cause: error});
  });
  const helper = {client, clock, image: helperImage};
  const nodes = contextNodes(client, helper);
  return {
    provider: 'context',
    name,
    kubeconfig,
    api: clusterApi(client, clock),
    watch: clusterWatch(client, clock),
    nodes,
    nodeOperations: false,
    probes: kubeProbes({
      client,
      kubeconfig,
      env,
      listFiles: async (node, path, signal) => {
        const namespace = currentNamespace(await readKubeconfig(kubeconfig)) ?? 'default';
        return listNodeDirectory(helper, node, path, namespace, signal);
      },
      machines: nodes.list,
    }),
    loadImages: async () => {},
    exists: async () => (await contextNames(files)).includes(name),
    close: () => client.close(),
  };
}
