import type {DatabaseId} from '../lab/databases.ts';

/** Everything that a class needs to work without a network, in one file. */
export interface BundleInfo {
  /** statelab's version. */
  statelab: string;
  /** When it was saved, ISO 8601. */
  made: string;
  /** Whose images they are, in Docker's words: amd64, arm64. */
  architecture: string;
  /** Whose programs they are, in Node.js' words: linux, darwin, win32. */
  platform: string;
  /** The database that its labs run. */
  database: DatabaseId;
  /** What clusters are made of. */
  k3sImage: string;
  images: string[];
  /** By name, with their versions. */
  programs: Record<string, string>;
  /** Of the package that npm installs. */
  package: string;
  /** Bytes of the file. */
  size: number;
}

/** Makes and takes in bundles. A signal that aborts leaves nothing half written. */
export interface Bundles {
  /** Is there a file of that name already? @throws ExpectedError `bundle-folder` */
  exists(file: string): Promise<boolean>;
  /**
   * Replaces a file of that name, when the bundle is whole.
   * @param labImages those that the labs' own Pods run
   * @throws ExpectedError `image-missing`, `program-missing`, `bundle-program`, `bundle-unwritten`, and what making a cluster throws
   */
  save(
    file: string,
    what: {database: DatabaseId; labImages: readonly string[]; k3sImage?: string},
    progress: (line: string) => void,
    signal: AbortSignal,
  ): Promise<BundleInfo>;
  /**
   * Reads all of it and changes nothing.
   * @throws ExpectedError `bundle-unreadable`, `bundle-unknown`, `bundle-broken`, `bundle-architecture`
   */
  check(file: string, progress: (line: string) => void, signal: AbortSignal): Promise<BundleInfo>;
  /**
   * Brings a checked one into Docker and statelab's own folders.
   * @returns the programs that were put there; none where they are another system's
   * @throws ExpectedError as `check`, `bundle-unloaded`, `file-unwritable`
   */
  load(file: string, progress: (line: string) => void, signal: AbortSignal): Promise<string[]>;
}
