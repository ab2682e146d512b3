import type {BundleInfo} from '../engine/bundle.ts';
import {imagesIn, type Manifest} from './manifest.ts';

/** What people are told of a bundle. @param size bytes of the file */
export const infoOf = (manifest: Manifest, size: number): BundleInfo => ({
  statelab: manifest.statelab,
  made: manifest.made,
  architecture: manifest.architecture,
  platform: manifest.platform,
  database: manifest.database,
  k3sImage: manifest.k3sImage,
  images: imagesIn(manifest),
  programs: manifest.versions,
  package: manifest.parts.find(({kind}) => kind === 'package')?.name ?? '',
  size,
});
