import type {K3dOptions} from '../cluster/k3d/index.ts';
import type {Bundles} from '../engine/bundle.ts';
import {checkBundle, loadBundle} from './load.ts';
import {bundleExists, saveBundle} from './save.ts';

export interface BundleOptions extends K3dOptions {
  /** This machine's and this program's. */
  platform: string;
  arch: string;
  /** The folder of programs that had to be fetched. */
  programs: string;
  /** The file in which later runs find what was taken in. */
  settings: string;
}

/** Bundles of this statelab, with the Docker of this machine. */
export const bundles = (options: BundleOptions): Bundles => ({
  exists: bundleExists,
  save: (...args) => saveBundle(options, ...args),
  check: (...args) => checkBundle(options, ...args),
  load: (...args) => loadBundle(options, ...args),
});
