import type {NodeInfo, NodeOperations} from '../../engine/ports.ts';
import {ExpectedError} from '../../errors.ts';
import type {KubeClient} from '../../kube/client.ts';
import type {HelperOptions} from '../../kube/helper-pod.ts';
import {list} from '../../kube/list.ts';
import {removeNodeDirectory} from '../../kube/node-directory.ts';
import {isReady} from '../../world/node.ts';
import type {KubeObject} from '../../world/object.ts';
import {execOnNode} from '../docker/nodes.ts';
import type {Docker} from '../docker/programs.ts';
import type {LocalMachines} from './machines.ts';

export interface ContextNodesOptions {
  client: KubeClient;
  helper: HelperOptions;
  docker: Docker;
  /** Undefined where they cannot be reached. */
  machines: LocalMachines | undefined;
  /** The learner has allowed node operations. */
  consented: boolean;
  /** Is the learner's stdin a terminal? */
  terminal: boolean;
}

/**
 * The machines behind a context are somebody else's: they are looked at, and only what the labs put there is removed.
 * They are stopped, started and entered where they can be reached and the learner has allowed it.
 */
export function contextNodes({
  client,
  helper,
  docker,
  machines,
  consented,
  terminal,
}: ContextNodesOptions): NodeOperations {
  /** @throws ExpectedError `node-operations-off`, `node-unknown` */
  const reached = async (node: string, signal: AbortSignal): Promise<LocalMachines> => {
    if (!machines || !consented)
      throw new ExpectedError('node-operations-off', {
        provider: 'context',
        ...(machines ? {withheld: 'unasked'} : {}),
      });
    const known = (await machines.list(signal)).map(({name}) => name);
    if (!known.includes(node)) throw new ExpectedError('node-unknown', {node, known});
    return machines;
  };
  return {
    async list(signal) {
      const [{objects}, reachable] = await Promise.all([
        list(client, {resource: 'nodes'}, signal),
        machines?.list(signal),
      ]);
      const registered = objects.map(node => nodeInfo(node, reachable));
      const others = (reachable ?? []).filter(({name}) => !registered.some(node => node.name === name));
      return [...registered, ...others.map(({name, running}) => ({name, role: 'agent' as const, running}))];
    },
    stop: async (node, signal) => (await reached(node, signal)).stop(node, signal),
    start: async (node, signal) => (await reached(node, signal)).start(node, signal),
    async exec(node, command, {capture}, signal) {
      await reached(node, signal);
      return execOnNode(docker, node, command, {capture, terminal}, signal);
    },
    removeDirectory: (...where) => removeNodeDirectory(helper, ...where),
  };
}

/** Whoever runs a machine knows at once whether it runs, the API only after most of a minute. */
function nodeInfo(node: KubeObject, machines: readonly {name: string; running: boolean}[] = []): NodeInfo {
  const {name, labels = {}} = node.metadata;
  const leads = 'node-role.kubernetes.io/control-plane' in labels;
  const running = machines.find(machine => machine.name === name)?.running ?? isReady(node);
  return {name, role: leads ? 'server' : 'agent', running};
}
