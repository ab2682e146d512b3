import {type Lab, namespaceOf} from '../lab/lab.ts';
import type {KubeObject} from './object.ts';

/** A PersistentVolume that a lab left. */
export interface LabVolume {
  name: string;
  /** Made for a claim of the lab by a provisioner, which has to clear away the data too. */
  provided: boolean;
  /** The claim that it is bound to, where that is not one of the lab: namespace/name. */
  claim?: string;
}

/**
 * The volumes of a lab among all: those that carry its label, that were claimed in its namespace, or whose files lie in
 * its directories. All others are somebody else's.
 * @param directories those that the lab has on nodes
 */
export const labVolumes = (
  lab: Pick<Lab, 'id'>,
  directories: readonly string[],
  volumes: readonly KubeObject[],
): LabVolume[] =>
  volumes.flatMap(({metadata: {name, labels = {}, annotations = {}}, spec}) => {
    const {claimRef, hostPath, local} = (spec ?? {}) as VolumeSpec;
    const path = (hostPath ?? local)?.path ?? '';
    const claimed = claimRef?.namespace === namespaceOf(lab);
    const isOfLab =
      labels['statelab.dev/lab'] === lab.id ||
      claimed ||
      directories.some(directory => path === directory || path.startsWith(`${directory}/`));
    if (!isOfLab) return [];
    const provided = claimed && 'pv.kubernetes.io/provisioned-by' in annotations;
    const foreign = claimRef && !claimed ? {claim: `${claimRef.namespace}/${claimRef.name}`} : {};
    return [{name, provided, ...foreign}];
  });

interface VolumeSpec {
  claimRef?: {namespace: string; name: string};
  hostPath?: {path: string};
  local?: {path: string};
}
