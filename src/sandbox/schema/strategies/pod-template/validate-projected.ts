import type {KeyToPath, VolumeProjection} from 'kubernetes-types/core/v1.d.ts';
import type {StatusCause} from '../../../status-error.ts';
import {forbidden, invalid, required} from '../field-errors.ts';
import {validateFiles, validateItem} from './validate-volume-files.ts';

/** The sources of a projected volume, and the files that they make together. */
export function validateProjected(sources: readonly VolumeProjection[], field: string): StatusCause[] {
  const paths = new Set<string>();
  return sources.flatMap((source, index) =>
    validateSource(source, paths, field, `${field}.sources[${index}]`),
  );
}

const kinds = ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken'] as const;

function validateSource(
  source: VolumeProjection,
  paths: Set<string>,
  volume: string,
  field: string,
): StatusCause[] {
  const given = kinds.filter(kind => source[kind] !== undefined);
  const causes = given.flatMap(kind => validateKind(source, kind, paths, volume, `${field}.${kind}`));
  return given.length > 1 ? [forbidden(field, 'may not specify more than 1 volume type per source')] : causes;
}

function validateKind(
  source: VolumeProjection,
  kind: (typeof kinds)[number],
  paths: Set<string>,
  volume: string,
  field: string,
): StatusCause[] {
  if (kind === 'downwardAPI') {
    const items = source.downwardAPI?.items ?? [];
    return [
      ...validateFiles(items, field),
      ...duplicates(items, paths, () => conflicting(volume, 'downwardAPI')),
    ];
  }
  if (kind === 'serviceAccountToken') return validateToken(source, paths, volume, field);
  const {name, items = []} = source[kind] ?? {};
  return [
    ...(name ? [] : [required(`${field}.name`, '')]),
    ...items.flatMap((item, index) => validateItem(item, `${field}.items[${index}]`)),
    ...duplicates(items, paths, () => conflicting(volume, name ?? '')),
  ];
}

/** Ten minutes, in seconds. */
const shortest = 600;

function validateToken(
  {serviceAccountToken: token}: VolumeProjection,
  paths: Set<string>,
  volume: string,
  field: string,
): StatusCause[] {
  const {expirationSeconds = shortest, path = ''} = token ?? {};
  return [
    ...(expirationSeconds < shortest
      ? [
          invalid(
            `${field}.expirationSeconds`,
            expirationSeconds,
            'may not specify a duration less than 10 minutes',
          ),
        ]
      : []),
    ...(path === ''
      ? [required(`${volume}.path`, '')]
      : duplicates([{path}], paths, () => conflicting(volume, path))),
  ];
}

const conflicting = (volume: string, value: string) => invalid(volume, value, 'conflicting duplicate paths');

function duplicates(
  items: readonly Pick<KeyToPath, 'path'>[],
  paths: Set<string>,
  cause: () => StatusCause,
): StatusCause[] {
  return items.flatMap(({path}) => {
    const again = path !== '' && paths.has(path);
    paths.add(path);
    return again ? [cause()] : [];
  });
}
