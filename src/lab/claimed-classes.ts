import {parseAllDocuments} from 'yaml';
import type {Lab} from './lab.ts';

/** The StorageClasses that claims of a lab's manifests ask for by name, still with ${variables}. */
export const claimedClasses = ({manifests}: Pick<Lab, 'manifests'>): string[] => [
  ...new Set(
    Object.values(manifests).flatMap(text =>
      parseAllDocuments(text).flatMap(document => classesOf((document.toJS() ?? {}) as Manifest)),
    ),
  ),
];

interface Claim {
  spec?: {storageClassName?: string};
}
interface Manifest extends Claim {
  kind?: string;
  spec?: Claim['spec'] & {volumeClaimTemplates?: Claim[]};
}

function classesOf({kind, spec}: Manifest): string[] {
  const claims = kind === 'PersistentVolumeClaim' ? [{spec}] : (spec?.volumeClaimTemplates ?? []);
  return claims.flatMap(claim => claim.spec?.storageClassName ?? []);
}
