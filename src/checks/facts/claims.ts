/** Why a PersistentVolume does not suit a claim. */
export interface Unsuited {
  in: 'class' | 'size' | 'access' | 'mode' | 'selector';
  found: string;
  wanted: string;
}

export type WhyPending =
  /** Neither a StorageClass nor a PersistentVolume goes by that class. */
  | {reason: 'class-unknown'; wanted: string; known: string[]; ofVolumes: string[]}
  | {reason: 'no-default-class'; known: string[]}
  /** Of the volumes that are there, the one that comes closest. */
  | {reason: 'no-volume'; class: string; nearest?: {volume: string; unsuited: Unsuited[]}}
  | {reason: 'volume-unknown'; volume: string; nearest?: string}
  | {reason: 'volume-taken'; volume: string; by: string}
  | {reason: 'provisioning-failed'}
  | {reason: 'waits-for-pod'; class: string};

export interface ClaimFacts {
  'claim-pending': WhyPending;
  'claim-gone': {claim: string; deleting: boolean; nearest?: string};
  /** `volume`: the one it was bound to, and what became of it. */
  /** `isGoing`: a Pod still uses it, and it goes when that ends. */
  'claim-deleted': {volume?: string; kept: boolean; again: boolean; isGoing?: boolean};
}

export interface VolumeFacts {
  /** `claim`: the deleted one that the volume still remembers. */
  'volume-released': {claim: string; wantedBy?: string};
  'being-deleted': {finalizers: string[]; heldBy: string[]};
  'mount-failed': {
    volume?: string;
    missing?: {kind: 'Secret' | 'ConfigMap'; name: string; nearest?: string};
    /** A path of the node that is not what the hostPath's type asks for, e.g. "directory". */
    hostPath?: {path: string; wanted: string};
  };
}
