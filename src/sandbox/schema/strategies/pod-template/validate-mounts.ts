import type {Container, VolumeMount} from 'kubernetes-types/core/v1.d.ts';
import type {StatusCause} from '../../../status-error.ts';
import {forbidden, invalid, notFound, notSupported, required} from '../field-errors.ts';

/** @param volumes the names of the Pod's volumes */
export function validateMounts(
  container: Container,
  volumes: ReadonlySet<string>,
  field: string,
): StatusCause[] {
  const paths = new Set<string>();
  return (container.volumeMounts ?? []).flatMap((mount, index) => {
    const causes = validateMount(mount, {container, volumes, paths}, `${field}.volumeMounts`, index);
    paths.add(mount.mountPath);
    return causes;
  });
}

interface Around {
  container: Container;
  volumes: ReadonlySet<string>;
  /** Where other volumes are mounted already. */
  paths: ReadonlySet<string>;
}

function validateMount(mount: VolumeMount, around: Around, list: string, index: number): StatusCause[] {
  const {name = '', mountPath, subPath, subPathExpr} = mount;
  const field = `${list}[${index}]`;
  return [
    ...(name === '' ? [required(`${field}.name`, '')] : []),
    ...(around.volumes.has(name) ? [] : [notFound(`${field}.name`, name)]),
    ...(mountPath ? [] : [required(`${field}.mountPath`, '')]),
    ...(around.paths.has(mountPath) ? [invalid(`${field}.mountPath`, mountPath, 'must be unique')] : []),
    // These two forget which one of the mounts they mean.
    ...(subPath ? relativePath(subPath, `${list}.subPath`) : []),
    ...(subPathExpr ? validateExpression(subPathExpr, subPath, field) : []),
    ...validatePropagation(mount, around.container, `${list}.mountPropagation`),
  ];
}

function validateExpression(expression: string, subPath: string | undefined, field: string): StatusCause[] {
  if (subPath)
    return [invalid(`${field}.subPathExpr`, expression, 'subPathExpr and subPath are mutually exclusive')];
  return relativePath(expression, `${field}.subPathExpr`);
}

/** Within the volume, and no way out of it. */
export const relativePath = (path: string, field: string): StatusCause[] => [
  ...(path.startsWith('/') ? [invalid(field, path, 'must be a relative path')] : []),
  ...noWayUp(path, field),
];

export const noWayUp = (path: string, field: string): StatusCause[] =>
  path.split('/').includes('..') ? [invalid(field, path, "must not contain '..'")] : [];

const propagations = ['Bidirectional', 'HostToContainer', 'None'];

function validatePropagation(
  {mountPropagation: mode}: VolumeMount,
  container: Container,
  field: string,
): StatusCause[] {
  if (mode === undefined) return [];
  if (!propagations.includes(mode)) return [notSupported(field, mode, propagations)];
  return mode === 'Bidirectional' && !container.securityContext?.privileged
    ? [forbidden(field, 'Bidirectional mount propagation is available only to privileged containers')]
    : [];
}
