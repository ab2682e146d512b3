import type {NodeInfo, ProviderId} from '../engine/ports.ts';
import type {ExpectedError, Reason} from '../errors.ts';
import type {DatabaseId} from '../lab/databases.ts';
import type {Lab} from '../lab/lab.ts';
import type {Capabilities} from '../lab/needs.ts';
import type {KubeObject, Millis} from '../world/object.ts';

/**
 * What was found out before anything is judged. What could not be found out (another system, no right to look, no cluster
 * yet) is undefined, and is not judged.
 */
export interface Facts {
  place: Place;
  /** The labs it is about, in the order of the path. */
  labs: readonly Lab[];
  database: DatabaseId;
  /** The image that a new cluster's nodes would be made of. */
  nodeImage?: string;
  /** Why the provider cannot be used on this machine. */
  refusal?: ExpectedError;
  /** Undefined where nothing of it is needed. */
  docker?: DockerFacts;
  machine: MachineFacts;
  kubectl?: KubectlFacts;
  cluster?: ClusterFacts;
  /** A cluster of ours still has to be made or started: what that takes has to be there. */
  toStart: boolean;
}

export interface Place {
  provider: ProviderId;
  cluster: string;
  /** It is this provider or none: the learner asked for it, or it has been chosen. */
  asked: boolean;
}

export type DockerFacts =
  | {state: 'missing'}
  | ({state: 'down'} & Reason)
  /** It runs, and the learner may not talk to it. */
  | {state: 'denied'; detail: string}
  | {
      state: 'up';
      version: string;
      cgroup: '1' | '2';
      /** Bytes that Docker's machine has, which on macOS and Windows is a virtual one. */
      memory: number;
      /** As the kernel calls it: x86_64, aarch64. */
      architecture: string;
      /** Where it keeps images and containers, on its machine. */
      root: string;
      /** Images lie in containerd's store, not in Docker's own. */
      containerdStore: boolean;
      kernel: string;
      /** The name of its machine. */
      host: string;
      /** Has it a proxy of its own to pull images through? */
      proxy: boolean;
    };
export type DockerUp = Extract<DockerFacts, {state: 'up'}>;

export interface Disk {
  path: string;
  /** Bytes that the learner's programs may still write. */
  free: number;
  total: number;
}

export interface MachineFacts {
  platform: NodeJS.Platform;
  /** May it be changed without sudo? */
  root: boolean;
  /** The disk of what statelab keeps. */
  home?: Disk;
  /** The disk of Docker's images and containers, where that is on this machine. */
  dockerDisk?: Disk;
  /** Bytes that programs could still take, where Docker runs on this machine. */
  memoryFree?: number;
  /** fs.inotify.max_user_instances of the kernel that the nodes run on. */
  inotifyInstances?: number;
  /** The variable that names a proxy: one for HTTPS, else one for HTTP. */
  proxy?: string;
  /** NO_PROXY, as it is set. */
  noProxy: string;
  /** Those of the asked-for ports of this machine that somebody listens on. */
  portsTaken: readonly number[];
}

export interface KubectlFacts {
  /** Undefined where there is none, or none that runs. */
  version?: string;
  /** Why the one that is there does not run. */
  broken?: string;
  /** statelab can bring one to this machine. */
  fetchable: boolean;
  /** It is too old for the cluster, which wants `minimum`. */
  skew?: {server: string; minimum: string};
}

export type ClusterFacts =
  | {state: 'none' | 'stopped' | 'foreign'}
  /** Nobody got as far as asking it. `server`: what could be seen of it all the same. */
  | {state: 'refused'; error: ExpectedError; server?: ServerFacts}
  | {state: 'unreachable'; detail: string; server?: ServerFacts}
  | ({state: 'up'} & ClusterUp);

export interface ClusterUp {
  ours: boolean;
  /** The file that kubectl needs to talk to it. */
  kubeconfig: string;
  version: string;
  /** Undefined where they may not be looked at, as all that follows. */
  nodes?: readonly KubeObject[];
  machines?: readonly NodeInfo[];
  classes?: readonly KubeObject[];
  capabilities: Capabilities;
  /** Namespaces in which Pods may not mount directories of their node, with the level that a label of theirs enforces. */
  refusingHostPath: readonly {namespace: string; level?: string}[];
  /** Labs that were begun on another cluster of this name. */
  begunElsewhere: readonly string[];
  server?: ServerFacts;
}

/** What a look at the API server's front door shows, without any credentials. */
export interface ServerFacts {
  /** As the kubeconfig has it. */
  url: string;
  certificate?: Validity;
  /** Of the user that the kubeconfig is for. */
  clientCertificate?: Validity;
  /** Milliseconds that the server's clock is ahead of this machine's; to the second. */
  ahead?: Millis;
}

export interface Validity {
  from: Millis;
  until: Millis;
  /** It is so at the time of the look. */
  state: 'valid' | 'expired' | 'not-yet';
}
