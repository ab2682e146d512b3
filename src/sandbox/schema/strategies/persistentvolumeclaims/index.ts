import type {PersistentVolumeClaimSpec} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../../objects.ts';
import type {Strategy, StrategyContext} from '../../../registry/strategy.ts';
import {addFinalizer} from '../finalizers.ts';
import {fractionWarnings} from '../pod-template/warnings.ts';
import {validateClaimSpec} from './validate-spec.ts';
import {validateClaimUpdate} from './validate-update.ts';

export const persistentVolumeClaims: Strategy<Of<'persistentvolumeclaims'>> = {
  defaults(claim) {
    claim.spec ??= {};
    const {spec} = claim;
    spec.volumeMode ??= 'Filesystem';
    alignDataSources(spec);
    claim.status ??= {};
    claim.status.phase ??= 'Pending';
  },
  beforeCreate(claim, context) {
    if (claim.spec) useDefaultClass(claim, claim.spec, context);
    addFinalizer(claim, 'kubernetes.io/pvc-protection');
    claim.status = {phase: 'Pending'};
  },
  validate: ({spec}) => (spec ? validateClaimSpec(spec, 'spec') : []),
  validateUpdate: validateClaimUpdate,
  warnings({spec, metadata}) {
    return [
      ...(metadata.annotations?.[oldClassAnnotation] === undefined
        ? []
        : [
            `metadata.annotations[${oldClassAnnotation}]: deprecated since v1.8; use "storageClassName" attribute instead`,
          ]),
      ...fractionWarnings(spec?.resources?.requests?.storage, 'spec.resources.requests[storage]'),
      ...fractionWarnings(spec?.resources?.limits?.storage, 'spec.resources.limits[storage]'),
    ];
  },
};

const oldClassAnnotation = 'volume.beta.kubernetes.io/storage-class';

/** What the admission plug-in DefaultStorageClass does: the newest class that is marked, the first name on a tie. */
function useDefaultClass(
  claim: Of<'persistentvolumeclaims'>,
  spec: PersistentVolumeClaimSpec,
  {registry}: StrategyContext,
) {
  const oldAnnotation = claim.metadata.annotations?.[oldClassAnnotation];
  if (spec.storageClassName !== undefined || oldAnnotation !== undefined) return;
  const [newest] = registry
    .list('storageclasses.storage.k8s.io')
    .filter(({metadata}) => isDefault(metadata.annotations))
    .toSorted((a, b) => b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp));
  if (newest) spec.storageClassName = newest.metadata.name;
}

const isDefault = (annotations: Record<string, string> = {}) =>
  annotations['storageclass.kubernetes.io/is-default-class'] === 'true' ||
  annotations['storageclass.beta.kubernetes.io/is-default-class'] === 'true';

/** dataSource is the older field; whichever was given, both are shown. It knows claims and snapshots alone. */
function alignDataSources(spec: PersistentVolumeClaimSpec): void {
  const kind = spec.dataSource?.kind;
  if (kind !== undefined && kind !== 'PersistentVolumeClaim' && kind !== 'VolumeSnapshot')
    delete spec.dataSource;
  const source = spec.dataSource ?? spec.dataSourceRef;
  if (!source) return;
  // A reference without a group is shown with a null in its place.
  const {apiGroup = null as unknown as string, name} = source;
  spec.dataSource ??= {apiGroup, kind: source.kind, name};
  spec.dataSource.apiGroup ??= apiGroup;
  spec.dataSourceRef ??= {apiGroup, kind: source.kind, name};
}
