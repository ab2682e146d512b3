import type {WatchKind} from '../lab/schema.ts';
import type {WatchTarget, WorldChange} from '../world/change.ts';
import type {KubeObject, Millis, ObjectRef} from '../world/object.ts';

/** Time comes from outside: the real one in src/cli.ts, one that a test advances in tests. */
export interface Clock {
  now(): Millis;
  /** Calls back once at the time, or never if the signal aborts before. */
  at(time: Millis, callback: () => void, signal: AbortSignal): void;
}

/** The eyes: one watch per kind and namespace. */
export interface ClusterWatch {
  /**
   * Tells all that happens to what is watched, until the signal aborts; then it resolves. It survives
   * time-outs, 410 Gone and an API server that comes back, and says `blind` while it sees nothing.
   * @throws ExpectedError `forbidden` when the API refuses to show a kind for good.
   */
  watch(
    targets: readonly WatchTarget[],
    tell: (change: WorldChange) => void,
    signal: AbortSignal,
  ): Promise<void>;
}

/** The answer of one object (a Pod, or a node for `files`) to a look. */
export interface LookAnswer {
  /** The Pod's or node's name. */
  object: string;
  node?: string;
  /** The program ended with 0, the log or directory could be read. */
  ok: boolean;
  /** stdout and stderr, the log, or one file name a line. */
  text: string;
}

/** A look with its objects already chosen. */
export type LookRequest =
  | {type: 'log'; pod: ObjectRef; container?: string; previous: boolean; tailLines?: number}
  | {type: 'exec'; pod: ObjectRef; container?: string; command: string[]}
  /** `namespace`: the lab's, where nodes are looked into by Pods; without it, the one that the kubeconfig is set to. */
  | {type: 'files'; node: string; path: string; namespace?: string}
  /** A port of this machine: the text is what the server there says first, or why there is none. */
  | {type: 'local'; port: number}
  /** Does it run? The text is running or silent. */
  | {type: 'node'; node: string};

/** Looks that need an action. */
export interface Probes {
  /**
   * "No" is an answer with ok: false (exit code not 0, no such file, no previous log); being unable to ask is a throw.
   * Ends within seconds by itself.
   */
  look(request: LookRequest, signal: AbortSignal): Promise<LookAnswer>;
}

/**
 * The cluster's API, for what the engine itself does to a cluster. One that does not answer throws ExpectedError
 * `cluster-unreachable`, or `context-unreachable` where it is somebody else's.
 */
export interface ClusterApi {
  /**
   * Another one means another cluster, whatever its name. The kube-system namespace's UID; where that may not be looked
   * at, what else tells the cluster from others.
   */
  identity(signal: AbortSignal): Promise<string>;
  /** The server's version, e.g. v1.35.4. */
  version(signal: AbortSignal): Promise<string>;
  nodes(signal: AbortSignal): Promise<KubeObject[]>;
  /** Undefined when there is none of that name. */
  namespace(name: string, signal: AbortSignal): Promise<KubeObject | undefined>;
  /**
   * Makes the namespace, labelled as the lab's, or takes over the one that carries the label.
   * @param owner who works in it, where several do in one cluster: what another one has made is not taken over
   * @returns its UID
   * @throws ExpectedError `namespace-taken`, `forbidden`
   */
  ensureNamespace(name: string, lab: string, signal: AbortSignal, owner?: string): Promise<string>;
  /** Deletes it and waits, watching, until it is gone. One that is not there is gone already. */
  deleteNamespace(name: string, signal: AbortSignal): Promise<void>;
  /** Is there anything of what learners make in the namespace? */
  holdsWork(namespace: string, signal: AbortSignal): Promise<boolean>;
  /** Deletes what learners make in a namespace and waits, watching, until it is gone; the namespace stays. */
  clearNamespace(name: string, signal: AbortSignal): Promise<void>;
  /** Sets spec.unschedulable of a node. */
  setSchedulable(node: string, schedulable: boolean, signal: AbortSignal): Promise<void>;
  /** Merge-patches labels (null removes one) and annotations, and, if given, replaces the taints of a node. */
  patchNode(
    node: string,
    patch: {labels?: Record<string, string | null>; annotations?: Record<string, string>; taints?: Taint[]},
    signal: AbortSignal,
  ): Promise<void>;
  /** Waits, watching, until the node is registered and Ready. */
  nodeReady(node: string, signal: AbortSignal): Promise<void>;
  storageClasses(signal: AbortSignal): Promise<KubeObject[]>;
  /** The class that a claim of this namespace gets when it names none; undefined when it gets none. */
  defaultClassName(namespace: string, signal: AbortSignal): Promise<string | undefined>;
  /** Who the kubeconfig is for, as RBAC calls them; undefined where the server does not tell. */
  user(signal: AbortSignal): Promise<string | undefined>;
  /** May they do this? */
  may(access: Access, signal: AbortSignal): Promise<boolean>;
  /** Would a Pod of this namespace be admitted that mounts a directory of its node? */
  admitsHostPath(namespace: string, signal: AbortSignal): Promise<boolean>;
  persistentVolumes(signal: AbortSignal): Promise<KubeObject[]>;
  /** Deletes it and waits, watching, until it is gone. One that is not there is gone already. */
  deletePersistentVolume(name: string, signal: AbortSignal): Promise<void>;
  /**
   * Has whoever provided a volume delete it with its data, and waits, watching, until it is gone. Its claim must be
   * gone already.
   */
  releasePersistentVolume(name: string, signal: AbortSignal): Promise<void>;
  objects(kind: WatchKind, namespace: string, signal: AbortSignal): Promise<KubeObject[]>;
  /** Deletes it and waits, watching, until it is gone, with what it has made. One that is not there is gone already. */
  deleteObject(kind: WatchKind, namespace: string, name: string, signal: AbortSignal): Promise<void>;
  /** Deletes, without waiting for their node, the Pods of a namespace that are on other nodes than these, which answer. */
  abandonPods(namespace: string, answering: readonly string[], signal: AbortSignal): Promise<void>;
}
/** What one may or may not do, in RBAC's words. Without a namespace: in all of them. */
export interface Access {
  verb: string;
  /** As kubectl takes it: pods, deployments.apps. */
  resource: string;
  subresource?: string;
  namespace?: string;
}

export interface Taint {
  key: string;
  value?: string;
  effect: string;
}

/** What a cluster can do for a lab, whoever made it. */
export interface Cluster {
  readonly provider: ProviderId;
  /** The provider's name for it: the k3d cluster's, or the kubeconfig context's. */
  readonly name: string;
  /** How many times faster than real time what takes time goes; only the sandbox has another than 1. */
  readonly speed?: number;
  /** The oldest kubectl that was seen to work with it, e.g. v1.27; without it, one minor version below its own. */
  readonly oldestKubectl?: string;
  /** A kubeconfig of statelab's own, never the learner's. Its current namespace is set per lab. */
  readonly kubeconfig: string;
  readonly api: ClusterApi;
  readonly watch: ClusterWatch;
  readonly probes: Probes;
  readonly nodes: NodeOperations;
  /** Can its nodes be stopped, started and entered? */
  readonly nodeOperations: boolean;
  /**
   * Others use it too: what belongs to all of them (nodes, PersistentVolumes) is changed only when the learner has
   * consented. Undefined for statelab's own.
   */
  readonly guest?: {consented: boolean};
  /** Where all nodes have one and the same directory; undefined where there is none. */
  readonly sharedMount?: string;
  /** Brings images to every node. Resolves at once where the cluster pulls its own. */
  loadImages(images: readonly string[], progress: (line: string) => void, signal: AbortSignal): Promise<void>;
  /** Is it still there, as its provider sees it? */
  exists(signal: AbortSignal): Promise<boolean>;
  close(): Promise<void>;
}

export type ProviderId = 'k3d' | 'minikube' | 'sandbox' | 'context';
export const providerIds: readonly ProviderId[] = ['k3d', 'minikube', 'sandbox', 'context'];

export interface NodeInfo {
  name: string;
  role: 'server' | 'agent';
  running: boolean;
}

/** @throws ExpectedError `node-operations-off` where the cluster is not ours, `node-unknown` */
export interface NodeOperations {
  list(signal: AbortSignal): Promise<NodeInfo[]>;
  stop(node: string, signal: AbortSignal): Promise<void>;
  start(node: string, signal: AbortSignal): Promise<void>;
  /** Runs a program on the node with the learner's own terminal (or, `capture`, without). */
  exec(
    node: string,
    command: readonly string[],
    options: {capture: boolean},
    signal: AbortSignal,
  ): Promise<{exitCode: number; output: string}>;
  /** Deletes a directory below /var/lib/statelab, or below the directory that all nodes share, on a node. */
  removeDirectory(node: string, path: string, namespace: string, signal: AbortSignal): Promise<void>;
}

export interface ClusterInfo {
  provider: ProviderId;
  name: string;
  /** Made by statelab, so that it may be changed and deleted. */
  ours: boolean;
  /** Never one that is unfinished. */
  running: boolean;
  unfinished?: Unfinished;
  /** What the nodes of one of ours are made of, as it was asked for. */
  image?: string;
  /** See `Cluster.speed`. */
  speed?: number;
  /** Where it is, e.g. https://10.0.0.1:6443; of clusters that are not ours. */
  server?: string;
  nodes: NodeInfo[];
}

/** What is being done to a cluster of ours, or was when whoever did it was ended. */
export interface Unfinished {
  doing: 'create' | 'start' | 'delete';
  /** The process that is still at it. */
  by?: number;
}

export interface CreateOptions {
  /** Node image; without it the pinned one. */
  image?: string;
  agents: number;
  /** See `Cluster.speed`; real clusters take no notice. */
  speed?: number;
}

/** Makes and reaches clusters. */
export interface Provider {
  readonly id: ProviderId;
  /** @throws ExpectedError `program-missing`, `docker-down` when it cannot be used on this machine. */
  check(signal: AbortSignal): Promise<void>;
  list(signal: AbortSignal): Promise<ClusterInfo[]>;
  /**
   * Makes a cluster whose nodes and own services are ready; starts the one of ours of that name, or waits for it. What an earlier process
   * left unfinished of one is finished, or removed first.
   * @throws ExpectedError `cluster-taken`, `cluster-busy`, `cluster-name`, `cluster-failed`, `sandbox-failed`; what was half made is removed.
   */
  create(
    name: string,
    options: CreateOptions,
    progress: (line: string) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /** @throws ExpectedError `cluster-missing`, `cluster-taken` */
  remove(name: string, signal: AbortSignal): Promise<void>;
  /** @throws ExpectedError `cluster-missing`, `cluster-stopped`, `sandbox-failed`, `context-unknown`, `context-unreachable` */
  connect(name: string, signal: AbortSignal): Promise<Cluster>;
}
