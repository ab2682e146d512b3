import type {Words} from '../../sentences.ts';

/** With one digit after the point at most. */
const rounded = (value: number) => Math.round(value * 10) / 10;

export const clusters = {
  providers: {
    running: provider =>
      `Using ${provider}: a cluster of statelab’s runs there already. --provider chooses another.`,
    usable: provider => `Using ${provider}, which works on this machine. --provider chooses another.`,
    instead: (provider, reason) => `Using ${provider}: ${reason}. --provider chooses another.`,
    lacks: (provider, program) => `${provider} cannot be used, as ${program} is not on the PATH`,
    refuses: (provider, why) => `${provider} cannot be used, as ${why}`,
    simulated:
      'The sandbox is a simulated cluster: kubectl, the objects and the files on the nodes are real; the nodes, the network and the programs in the containers (a shell, nginx, MariaDB, MySQL) are simulated.',
    faster: speed =>
      `What takes time goes ${speed} times as fast as on a real cluster: 30 seconds in a text are ${rounded(30 / speed)} here.`,
  },
  clusters: {
    none: 'There is no cluster yet. statelab cluster up makes one.',
    running: 'running',
    stopped: 'stopped',
    ours: 'made by statelab',
    foreign: 'not statelab’s',
    faster: speed => `${speed} times as fast`,
    current: 'current',
    unfinished: {create: 'half made', start: 'half started', delete: 'half deleted'},
    found: {
      create: cluster =>
        `The making of the cluster ${cluster} was cut short, so what is there of it is removed and it is made anew.`,
      start: cluster => `The start of the cluster ${cluster} was cut short, so it is started again.`,
      delete: cluster =>
        `The deletion of the cluster ${cluster} was cut short, so the rest of it is removed and it is made anew.`,
    },
    up: (name, kubeconfig) => `The cluster ${name} is up. Its kubeconfig: ${kubeconfig}`,
    down: name => `The cluster ${name} is deleted.`,
  },
} satisfies Partial<Words>;
