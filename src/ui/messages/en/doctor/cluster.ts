import type {Need} from '../../../../lab/needs.ts';
import {day, type FindingSentences, refusedRights, time} from '../../doctor-kit.ts';

const list = (names: readonly string[]) => new Intl.ListFormat('en').format(names);
const whose = {server: 'The certificate of the API server', user: 'Your own certificate in the kubeconfig'};

const asked = {
  workers: 'look at the nodes',
  nodeOperations: 'stop and start nodes',
  nodeChanges: 'cordon, drain and taint nodes',
  persistentVolumes: 'make PersistentVolumes',
  storageClasses: 'look at StorageClasses',
};
const rights = (needs: readonly Need[]) => list(refusedRights(asked, needs));

export const cluster = {
  'cluster-up': ({version}) => ({what: `answers; Kubernetes ${version}`}),
  'cluster-none': () => ({what: 'There is none yet; statelab run makes one.'}),
  'cluster-stopped': () => ({what: 'It is stopped.', next: 'statelab run starts it too.'}),
  'cluster-foreign': ({provider, cluster}) => ({
    what: `There is a ${provider} cluster "${cluster}" that statelab did not make, so it is left alone.`,
    next: 'Choose another name with --cluster, or use it as it is with --provider context.',
  }),
  'cluster-unreachable': ({detail}) => ({
    what: `It does not answer: ${detail}`,
    why: 'Without its API there is nothing that statelab could see.',
  }),
  'cluster-changed': ({cluster}) => ({
    what: `Another cluster is called ${cluster} now than the one that labs were begun on.`,
    next: 'Nothing has to be done: statelab run does the steps that you had reached again.',
  }),
  'certificate-valid': ({until}) => ({what: `valid until ${day(until)}`}),
  'certificate-expired': ({whose: owner, at}) => ({
    what: `${whose[owner]} expired on ${time(at)}.`,
    why: 'No client believes the cluster any more, or it no client.',
    next:
      owner === 'user'
        ? 'Get a new kubeconfig from whoever runs the cluster.'
        : 'k3s and minikube renew theirs when they are stopped and started; kubeadm with kubeadm certs renew all.',
  }),
  'certificate-not-yet': ({whose: owner, at}) => ({
    what: `${whose[owner]} is only valid from ${time(at)}.`,
    why: 'The clock of this machine is probably behind.',
    next: 'Set the clock, best by NTP.',
  }),
  'clock-agrees': () => ({what: 'agree'}),
  'clock-differs': ({seconds}) => ({
    what: `The cluster’s clock is ${Math.abs(seconds)} ${Math.abs(seconds) === 1 ? 'second' : 'seconds'} ${seconds > 0 ? 'ahead of' : 'behind'} this machine’s.`,
    why: 'Countdowns and outages are told wrongly; with minutes, certificates and tokens are refused.',
    next: 'Set both clocks by NTP. A virtual machine that slept (Docker Desktop, WSL) is put right by its restart.',
  }),
  'nodes-ready': ({nodes, workers}) => ({
    what: `${nodes} Ready, ${workers} of them for Pods`,
  }),
  'nodes-few': ({workers, wanted}) => ({
    what: `${workers} ${workers === 1 ? 'node' : 'nodes'} for Pods; ${wanted} are wanted.`,
    why: 'Steps that take a Pod from one node to another are left out.',
    next: 'A cluster of statelab’s own has two.',
  }),
  'nodes-not-ready': ({nodes}) => ({
    what: `Not Ready: ${list(nodes)}.`,
    why: 'No Pod starts there. In the middle of a lab it may be meant.',
  }),
  'nodes-cordoned': ({nodes}) => ({
    what: `Cordoned: ${list(nodes)}.`,
    why: 'No new Pod is put there. In the middle of a lab it may be meant.',
  }),
  'rights-all': () => ({what: 'nodes can be stopped, drained and changed.'}),
  'rights-unasked': ({needs}) => ({
    what: `Without --allow-node-operations statelab does not ${rights(needs)} here.`,
    why: 'The cluster is not statelab’s, and others may use it.',
    next: 'If they agree:',
  }),
  'rights-forbidden': ({needs}) => ({
    what: `You may not ${rights(needs)} on this cluster.`,
    next: 'Ask whoever runs it, or use a cluster of statelab’s own.',
  }),
  'node-operations-off': ({provider}) => ({
    what: `statelab cannot stop and start the nodes of a ${provider} cluster.`,
    next: 'Labs about that run on a cluster of statelab’s own.',
  }),
  'shared-mount-there': ({path}) => ({what: `all nodes share ${path}.`}),
  'shared-mount-missing': () => ({
    what: 'The nodes share no directory.',
    why: 'Steps in which a volume is reached from every node are left out.',
    next: 'A cluster of statelab’s own has one.',
  }),
  'class-default': ({name, provisioner, bindingMode}) => ({
    what: `${name}${provisioner ? ` (${[provisioner, bindingMode].filter(Boolean).join(', ')})` : ''}`,
  }),
  'class-none': () => ({
    what: 'There is no default StorageClass.',
    why: 'A claim that names no class stays Pending.',
  }),
  'class-several': ({names, taken}) => ({
    what: `Several are the default: ${list(names)}.`,
    why: `Kubernetes takes the newest, ${taken}; which one you meant it cannot know.`,
    next: 'Leave the mark on one:',
  }),
  'class-starts-empty': ({name}) => ({
    what: `Volumes of ${name} do not follow their Pod: on another node it finds an empty directory.`,
    next: 'Nothing has to be done: labs say so where it shows, and take other steps.',
  }),
  'host-path-admitted': () => ({what: 'Pods may use directories of their node.'}),
  'host-path-refused': ({namespace, level}) => ({
    what: `In the namespace ${namespace} no Pod may use a directory of its node${level ? `: Pod Security enforces ${level}` : ''}.`,
    why: 'Admission refuses hostPath volumes there.',
    next: level ? 'Take the level away, if it is yours:' : 'Ask whoever runs the cluster.',
  }),
  'labs-whole': ({labs}) => ({
    what: labs === 1 ? 'It runs here as a whole.' : `All ${labs} run here as a whole.`,
  }),
  'labs-in-part': ({refused, shortened}) => ({
    what: [
      refused.length > 0 ? `Cannot run here: ${list(refused)}.` : '',
      shortened.length > 0 ? `Leave out steps here: ${list(shortened)}.` : '',
    ]
      .filter(Boolean)
      .join(' '),
    next: 'What they lack is marked above. A new cluster of statelab’s own runs them all.',
  }),
} satisfies Partial<FindingSentences>;
