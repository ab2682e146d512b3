import type {ErrorFacts, LabNeed} from '../../../errors.ts';
import type {Said} from '../sentences.ts';

/** Why a lab is not begun on a cluster. */
export function labNeeds({lab, need, wanted, withheld}: ErrorFacts['lab-needs']): Said {
  const own = `statelab run ${lab} --provider k3d (or --provider sandbox) uses a cluster of statelab’s own.`;
  if (withheld === 'unasked')
    return {
      what: `In the lab ${lab} ${doing[need] ?? 'nodes are changed'}. On a cluster that others use too, that concerns them all: Pods of theirs may be evicted, wait or lose their node.`,
      next: `If they agree: statelab run ${lab} --allow-node-operations. Otherwise ${own}`,
    };
  if (withheld === 'forbidden')
    return {
      what: `In the lab ${lab} ${doing[need] ?? 'things are done'}, and you have no right to that on this cluster.`,
      next: `Ask whoever runs the cluster for it, or use another one: ${own}`,
    };
  return {what: lacking(lab, wanted)[need], next: own};
}

const doing: Partial<Record<LabNeed, string>> = {
  workers: 'Pods are put on nodes by name, so nodes must be listed',
  nodeOperations: 'nodes are stopped and started',
  nodeChanges: 'nodes are cordoned, drained or tainted',
  persistentVolumes: 'PersistentVolumes are made by hand, which belong to the whole cluster',
  storageClasses: 'StorageClasses are looked at',
  bindingMode: 'StorageClasses are looked at',
  volumes: 'StorageClasses are looked at',
};

const lacking = (lab: string, wanted: string): Record<LabNeed, string> => ({
  workers: `The lab ${lab} needs ${wanted} ${wanted === '1' ? 'node' : 'nodes'} for Pods (Ready, not cordoned, not tainted), and this cluster has fewer.`,
  hostPath: `In the lab ${lab} Pods use directories of their node, and this cluster forbids that.`,
  sharedDirectory: `The lab ${lab} needs a directory that all nodes share, and this cluster has none.`,
  nodeOperations: `In the lab ${lab} nodes are stopped and started, which statelab cannot do with this cluster.`,
  nodeChanges: `In the lab ${lab} nodes are cordoned, drained or tainted, which cannot be done with this cluster.`,
  persistentVolumes: `In the lab ${lab} PersistentVolumes are made by hand, which cannot be done with this cluster.`,
  defaultClass: `The lab ${lab} needs a default StorageClass, and this cluster has none.`,
  storageClasses: `The lab ${lab} is about StorageClasses, which cannot be looked at on this cluster.`,
  bindingMode: `The lab ${lab} needs a default StorageClass with volumeBindingMode ${wanted}; that of this cluster is another.`,
  volumes: `The lab ${lab} is about volumes of the default StorageClass that behave differently from those of this cluster.`,
});
