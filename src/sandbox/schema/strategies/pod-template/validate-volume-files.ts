import type {DownwardAPIVolumeFile, KeyToPath} from 'kubernetes-types/core/v1.d.ts';
import type {StatusCause} from '../../../status-error.ts';
import {invalid, required} from '../field-errors.ts';
import {inRange} from '../numbers.ts';
import {fileFields, validateFieldRef, validateResource} from './validate-environment.ts';
import {relativePath} from './validate-mounts.ts';

/** A key of a Secret or ConfigMap as a file. */
export function validateItem({key, path, mode}: KeyToPath, field: string): StatusCause[] {
  return [
    ...(key ? [] : [required(`${field}.key`, '')]),
    ...(path ? [] : [required(`${field}.path`, '')]),
    ...relativePath(path, `${field}.path`),
    ...validateMode(mode, `${field}.mode`),
  ];
}

/** A file's permissions. */
export const validateMode = (mode: number | undefined, field: string): StatusCause[] =>
  mode === undefined || inRange(field, mode, 0, 0o777).length === 0
    ? []
    : [invalid(field, mode, 'must be a number between 0 and 0777 (octal), both inclusive')];

/** Files about the Pod. Their messages forget which one of the files they mean. */
export function validateFiles(files: readonly DownwardAPIVolumeFile[], field: string): StatusCause[] {
  return files.flatMap(file => [
    ...(file.path ? relativePath(file.path, `${field}.path`) : [required(`${field}.path`, '')]),
    ...validateFileSource(file, field),
    ...validateMode(file.mode, `${field}.mode`),
  ]);
}

function validateFileSource(
  {fieldRef, resourceFieldRef}: DownwardAPIVolumeFile,
  field: string,
): StatusCause[] {
  if (fieldRef)
    return [
      ...validateFieldRef(fieldRef, fileFields, `${field}.fieldRef`),
      ...(resourceFieldRef
        ? [invalid(field, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously')]
        : []),
    ];
  if (!resourceFieldRef) return [required(field, 'one of fieldRef and resourceFieldRef is required')];
  const {containerName, resource} = resourceFieldRef;
  return [
    ...(containerName ? [] : [required(`${field}.resourceFieldRef.containerName`, '')]),
    ...validateResource(resource, `${field}.resourceFieldRef.resource`),
  ];
}
