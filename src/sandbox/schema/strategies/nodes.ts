import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';

export const nodes: Strategy<Of<'nodes'>> = {
  defaults(node) {
    node.spec ??= {};
    if (node.spec.podCIDR) node.spec.podCIDRs ??= [node.spec.podCIDR];
    node.status ??= {};
    node.status.daemonEndpoints ??= {kubeletEndpoint: {Port: 0}};
    node.status.nodeInfo ??= unknownNode();
  },
  beforeCreate({spec}) {
    if (!spec) return;
    spec.taints ??= [];
    // The admission plug-in TaintNodesByCondition: nothing is scheduled there before the node says it is ready.
    const taint = {key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule'};
    if (!spec.taints.some(({key, effect}) => key === taint.key && effect === taint.effect))
      spec.taints.push(taint);
  },
};

const unknownNode = () => ({
  machineID: '',
  systemUUID: '',
  bootID: '',
  kernelVersion: '',
  osImage: '',
  containerRuntimeVersion: '',
  kubeletVersion: '',
  kubeProxyVersion: '',
  operatingSystem: '',
  architecture: '',
});
