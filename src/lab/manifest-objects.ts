import {parseAllDocuments} from 'yaml';
import type {Lab} from './lab.ts';

/** An object that a manifest of a lab makes. */
export interface ManifestObject {
  /** Deployment, Pod, … */
  kind: string;
  name: string;
}

/** What the manifests of a lab make: of a StatefulSet also the claims of its first Pod. */
export const manifestObjects = ({manifests}: Pick<Lab, 'manifests'>): ManifestObject[] =>
  Object.values(manifests).flatMap(text =>
    parseAllDocuments(text).flatMap(document => objectsOf((document.toJS() ?? {}) as Manifest)),
  );

interface Manifest {
  kind?: string;
  metadata?: {name?: string};
  spec?: {volumeClaimTemplates?: {metadata?: {name?: string}}[]};
}

function objectsOf({kind, metadata, spec}: Manifest): ManifestObject[] {
  const name = metadata?.name;
  if (kind === undefined || name === undefined) return [];
  const claims = kind === 'StatefulSet' ? (spec?.volumeClaimTemplates ?? []) : [];
  return [
    {kind, name},
    ...claims.map(claim => ({kind: 'PersistentVolumeClaim', name: `${claim.metadata?.name}-${name}-0`})),
  ];
}
