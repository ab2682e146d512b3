import type {DockerFacts, DockerUp, MachineFacts, Place, ServerFacts} from './facts.ts';

/** The eyes of the preflight. None of these throws but for the signal's reason: what cannot be seen is left out. */
export interface Inspector {
  docker(signal: AbortSignal): Promise<DockerFacts>;
  /**
   * @param docker as it answered, when the nodes are its containers
   * @param ports of this machine, to be tried
   */
  machine(docker: DockerUp | undefined, ports: readonly number[], signal: AbortSignal): Promise<MachineFacts>;
  /** The API server that statelab's kubeconfig for the cluster names. Undefined where there is none yet. */
  server(place: Pick<Place, 'provider' | 'cluster'>, signal: AbortSignal): Promise<ServerFacts | undefined>;
  /** Could a kubectl be fetched to this machine? */
  readonly fetchable: boolean;
  /** The image of a new k3d node when nothing is said. */
  nodeImage(): Promise<string>;
  /** Sets fs.inotify.max_user_instances until the next boot. @throws ExpectedError `file-unwritable` */
  raiseInotify(instances: number): Promise<void>;
}
