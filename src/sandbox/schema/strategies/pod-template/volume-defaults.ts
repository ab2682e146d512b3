import type {DownwardAPIVolumeFile, Volume} from 'kubernetes-types/core/v1.d.ts';

/** rw-r--r-- */
const defaultMode = 0o644;

export function setVolumeDefaults(volume: Volume): void {
  // A volume that says no more than its name is an emptyDir.
  if (Object.keys(volume).every(key => key === 'name')) volume.emptyDir = {};
  if (volume.hostPath) volume.hostPath.type ??= '';
  for (const source of [volume.configMap, volume.secret, volume.downwardAPI, volume.projected])
    if (source) source.defaultMode ??= defaultMode;
  setFileDefaults(volume.downwardAPI?.items);
  for (const {serviceAccountToken, downwardAPI} of volume.projected?.sources ?? []) {
    if (serviceAccountToken) serviceAccountToken.expirationSeconds ??= 3600;
    setFileDefaults(downwardAPI?.items);
  }
  const claim = volume.ephemeral?.volumeClaimTemplate;
  if (claim) {
    claim.metadata ??= {};
    claim.spec.volumeMode ??= 'Filesystem';
  }
}

const setFileDefaults = (files: DownwardAPIVolumeFile[] = []) => {
  for (const {fieldRef, resourceFieldRef} of files) {
    if (fieldRef) fieldRef.apiVersion ??= 'v1';
    if (resourceFieldRef) resourceFieldRef.divisor ??= '0';
  }
};
