import type {Words} from '../../sentences.ts';

export const questions = {
  skipAsk: 'Leave this step out?',
  resetAsk: 'Do that, and begin the lab anew?',
  restoreAsk: cluster => `Do that on the cluster ${cluster}?`,
  forgetAsk: 'Is it deleted, so that what they left there can be forgotten? (What you have reached stays.)',
  finishAsk: 'Finish it now?',
  putBackAsk: {
    start: 'Do that before this lab goes on?',
    quit: 'Do that now? If you go on with the lab later, leave it.',
    done: 'Do that now?',
  },
  replaceAsk: file => `There is a file ${file} already. Replace it when the bundle is whole?`,
  inotifyAsk: (from, to) =>
    `Set fs.inotify.max_user_instances from ${from} to ${to}, until the next boot of this machine?`,
  contextAsk: ({context, server, namespace, directory, consented}) =>
    [
      `The context "${context}"${server ? ` (${server})` : ''} is a cluster that statelab did not make.`,
      `- Made there: the namespace ${namespace}, with what you make in it${directory ? `, and files below ${directory} on nodes` : ''}. statelab reset removes it again.`,
      consented
        ? '- Because of --allow-node-operations, labs may also cordon, drain, taint, stop and delete nodes, and make PersistentVolumes. Draining a node evicts everybody’s Pods from it. statelab reset puts the nodes back.'
        : '- Nodes and PersistentVolumes are left as they are; labs and steps that change them are left out.',
      '- Never touched: other namespaces, other people’s volumes, StorageClasses.',
      'Use it?',
    ].join('\n'),
  deleteAsk: ({cluster, provider, nodes, labs}) =>
    [
      ...(labs.length > 0
        ? [`What these labs have made and written is lost, your progress is not: ${labs}.`]
        : []),
      `Delete the cluster "${cluster}" with all that is in it (${provider}, ${nodes} ${nodes === 1 ? 'node' : 'nodes'})?`,
    ].join(' '),
} satisfies Partial<Words>;
