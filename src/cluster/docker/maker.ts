import type {ClusterInfo, CreateOptions, NodeInfo} from '../../engine/ports.ts';
import type {KubeconfigContent} from '../../kube/kubeconfig.ts';
import {makerFailed, type ReasonOf} from './failed.ts';
import type {Docker} from './programs.ts';

export type MakerId = 'k3d' | 'minikube';

type Tell = (line: string) => void;

/**
 * A program that makes clusters whose nodes are Docker containers of the same name, as far as one such program is
 * different from another. Its functions throw ProgramFailed and, as all that use Docker, ExpectedError `docker-down` and
 * `program-missing`.
 */
export interface Maker {
  readonly id: MakerId;
  readonly docker: Docker;
  /** Deployments of kube-system that the labs take for granted. */
  readonly services: readonly string[];
  readonly reasonOf: ReasonOf;
  /** Does it run on this machine? */
  check(signal: AbortSignal): Promise<void>;
  /** All clusters that it has made, statelab's or not; also those of ours that were only begun. */
  list(signal: AbortSignal): Promise<ClusterInfo[]>;
  find(cluster: string, signal: AbortSignal): Promise<ClusterInfo | undefined>;
  /** The same, where no more than that is asked. */
  exists(cluster: string, signal: AbortSignal): Promise<boolean>;
  /** Undefined when there is no such cluster. */
  nodes(cluster: string, signal: AbortSignal): Promise<NodeInfo[] | undefined>;
  /** Makes one from nothing, with all on its nodes that they need to become ready. */
  make(cluster: string, options: CreateOptions, tell: Tell, signal: AbortSignal): Promise<void>;
  /** Starts one that is stopped. */
  start(cluster: string, tell: Tell, signal: AbortSignal): Promise<void>;
  /** Deletes one and what an interrupted creation may have left of it. One that is not there is deleted already. */
  delete(cluster: string, signal: AbortSignal): Promise<void>;
  switchNode(doing: 'stop' | 'start', node: string, cluster: string, signal: AbortSignal): Promise<void>;
  kubeconfig(cluster: string, signal: AbortSignal): Promise<KubeconfigContent>;
  /** Brings images to nodes that run. @throws ExpectedError `image-missing`, `cluster-failed` where they did not come */
  loadImages(
    cluster: string,
    nodes: string[],
    images: readonly string[],
    tell: Tell,
    signal: AbortSignal,
  ): Promise<void>;
}

/** The same maker, with a program that fails where it only looks told as ExpectedError `provider-failed`. */
export function telling(maker: Maker): Maker {
  const told = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch(error => {
      throw makerFailed(maker, error);
    });
  return {
    ...maker,
    check: signal => told(maker.check(signal)),
    list: signal => told(maker.list(signal)),
    find: (cluster, signal) => told(maker.find(cluster, signal)),
    exists: (cluster, signal) => told(maker.exists(cluster, signal)),
    nodes: (cluster, signal) => told(maker.nodes(cluster, signal)),
  };
}
