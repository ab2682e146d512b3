import type {NodeInfo, NodeOperations} from '../../engine/ports.ts';
import {ExpectedError} from '../../errors.ts';
import type {KubeClient} from '../../kube/client.ts';
import {list} from '../../kube/list.ts';
import {type HelperOptions, removeNodeDirectory} from '../../kube/node-directory.ts';
import {isReady} from '../../world/node.ts';
import type {KubeObject} from '../../world/object.ts';

/** The machines behind a context are somebody else's: they are looked at, and only what the labs put there is removed. */
export const contextNodes = (client: KubeClient, helper: HelperOptions): NodeOperations => ({
  list: async signal => (await list(client, {resource: 'nodes'}, signal)).objects.map(nodeInfo),
  stop: refuse,
  start: refuse,
  exec: refuse,
  removeDirectory: (...where) => removeNodeDirectory(helper, ...where),
});

const refuse = async (): Promise<never> => {
  throw new ExpectedError('node-operations-off', {provider: 'context'});
};

function nodeInfo(node: KubeObject): NodeInfo {
  const leads = 'node-role.kubernetes.io/control-plane' in (node.metadata.labels ?? {});
  return {name: node.metadata.name, role: leads ? 'server' : 'agent', running: isReady(node)};
}
