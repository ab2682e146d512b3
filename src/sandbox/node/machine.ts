import type {Cancel} from '../clock.ts';

/** A simulated node as a computer: on or off, with a directory of real files. */
export interface NodeMachine {
  readonly name: string;
  readonly role: 'server' | 'agent';
  readonly running: boolean;
  /** The node's own address, e.g. 172.18.0.3. */
  readonly ip: string;
  readonly files: NodeFiles;
  /** Switches it off: its programs die, its kubelet falls silent. Its files stay. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Tells each stop and start, which are over when all listeners are done. */
  onPower(listener: (running: boolean) => void | Promise<void>): Cancel;
}

export interface NodeMachines {
  get(name: string): NodeMachine | undefined;
  list(): readonly NodeMachine[];
}

/**
 * A node's file system. Paths are absolute paths on the node; a path, `..` or symbolic link that would leave
 * the node's own directory on the host stays inside it. One directory can be shared by all nodes (/lab-shared).
 */
export interface NodeFiles {
  /** The real path on the host behind a node path. The last part need not exist. */
  hostPath(path: string): Promise<string>;
  list(path: string): Promise<string[]>;
  /** With parents. */
  makeDirectory(path: string, mode?: number): Promise<void>;
  /** With all that is in it. What is not there is removed already. */
  remove(path: string): Promise<void>;
}
