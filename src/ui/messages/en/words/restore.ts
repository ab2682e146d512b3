import type {Words} from '../../sentences.ts';

export const restore = {
  undo: {
    'start-node': node => `Start the node ${node}`,
    'register-node': node =>
      `Restart the machine of the node ${node}, whose Node object was deleted: it registers itself again`,
    'await-node': node => `Wait until the node ${node} is Ready`,
    uncordon: node => `Uncordon the node ${node}`,
    cordon: node => `Cordon the node ${node} again`,
    labels: (node, keys) => `Bring back the labels of the node ${node} (${keys})`,
    annotations: (node, keys) => `Bring back the annotations of the node ${node} (${keys})`,
    taints: node => `Bring back the taints of the node ${node}`,
    'delete-object': (kind, name, namespace) =>
      `Delete the ${kind} ${name} in the namespace ${namespace}, where it was made by mistake`,
    'clear-namespace': namespace => `Delete what you made in the namespace ${namespace}`,
    'delete-namespace': namespace => `Delete the namespace ${namespace} with all in it`,
    'release-volume': name => `Wait until the PersistentVolume ${name} is deleted with its data`,
    'delete-volume': name => `Delete the PersistentVolume ${name}`,
    'remove-directory': (node, path) => `Remove ${path} on ${node}`,
  },
  resetDone: 'The lab is set back, and the cluster is as it was before.',
  restore: {
    plan: {
      reset: title => `Setting the lab "${title}" back means:`,
      asked: title => `To undo what the lab "${title}" left:`,
      interrupted: title => `Setting the lab "${title}" back was interrupted. What is left to do:`,
      start: title => `The lab "${title}" left nodes changed, and this lab may wait for them. To undo that:`,
      through: title =>
        `You are through with the lab "${title}", and a drain in this lab would stop at its Pods. To take away what it left (your progress stays):`,
      resumed: title =>
        `The lab "${title}" has changed nodes; they are as you left them. To undo that at the end:`,
      left: title => `The lab "${title}" has changed nodes. To undo that:`,
    },
    nothing: title => `The lab "${title}" has left nothing in the cluster.`,
    audited: {
      nodes: nodes => `the state, labels and taints of ${nodes === 1 ? 'the node' : `all ${nodes} nodes`}`,
      namespace: 'namespaces',
      volumes: 'PersistentVolumes',
      directories: directories =>
        `${directories} ${directories === 1 ? 'directory' : 'directories'} where the lab keeps files`,
    },
    clean: what => `Looked again and found nothing left: ${what}.`,
    left: 'Looked again. Still left to do:',
    leftAlone:
      'Nodes have also changed during the lab without a command at statelab’s prompt that named them. Others use this cluster, so that is left alone. If it was you:',
    busy: (title, pid, isInTheWay) =>
      `The lab "${title}" is open in another terminal (process ${pid}), so what it did to the cluster stays. ${
        isInTheWay ? 'This lab may have to wait for it.' : 'Quit it there, then try again.'
      }`,
    nodesLeft: (nodes, lab) =>
      `Left as they are: ${nodes}. statelab run ${lab} goes on with that, statelab restore undoes it.`,
    clusterGone: cluster => `The cluster ${cluster} is gone, and what the lab left in it as well.`,
    clusterNotFound: (provider, cluster, labs) =>
      `There is no ${provider} cluster "${cluster}" here. Either it is deleted, or this terminal looks elsewhere (DOCKER_HOST, MINIKUBE_HOME). Labs that may have left something in it: ${labs}.`,
    nothingLeft: 'Nothing is left of any lab.',
    unseen: {
      nodes:
        'You may not look at the nodes of this cluster, so statelab cannot tell whether the lab left a node changed, or files on one.',
      persistentvolumes:
        'You may not look at the PersistentVolumes of this cluster, so statelab cannot tell whether the lab left any.',
    },
    refused: (undo, why) => `Not done: ${undo}. ${why}`,
  },
} satisfies Partial<Words>;
