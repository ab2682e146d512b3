import type {Container} from 'kubernetes-types/core/v1.d.ts';
import {dnsLabel} from '../../../registry/names.ts';
import type {StatusCause} from '../../../status-error.ts';
import {duplicate, forbidden, invalid, required} from '../field-errors.ts';
import {oneOf} from '../one-of.ts';
import {validateEnvFrom, validateEnvironment} from './validate-environment.ts';
import {validateLifecycle, validateProbes} from './validate-handler.ts';
import {validateMounts} from './validate-mounts.ts';
import {validateHostPorts, validatePorts} from './validate-ports.ts';
import {validateResources} from './validate-resources.ts';
import {validateContainerSecurity} from './validate-security.ts';

/** @param volumes the names of the Pod's volumes */
export function validateContainers(
  containers: readonly Container[] | undefined,
  volumes: ReadonlySet<string>,
  field: string,
): StatusCause[] {
  if (!containers?.length) return [required(field, '')];
  const names = new Set<string>();
  return [
    ...containers.flatMap((container, index) => {
      const path = `${field}[${index}]`;
      const again = names.has(container.name);
      names.add(container.name);
      return [
        ...validateCommon(container, volumes, path),
        ...(again ? [duplicate(`${path}.name`, container.name)] : []),
        ...(container.lifecycle ? validateLifecycle(container.lifecycle, `${path}.lifecycle`) : []),
        ...validateProbes(container, path),
        ...validateRestartPolicy(container, path),
      ];
    }),
    ...validateHostPorts(containers, field),
  ];
}

/** Those that run before the others; with restartPolicy Always beside them. */
export function validateInitContainers(
  containers: readonly Container[],
  names: Iterable<string>,
  volumes: ReadonlySet<string>,
  field: string,
): StatusCause[] {
  const taken = new Set(names);
  return containers.flatMap((container, index) => {
    const path = `${field}[${index}]`;
    const again = taken.has(container.name);
    taken.add(container.name);
    return [
      ...validateCommon(container, volumes, path),
      ...validateRestartPolicy(container, path),
      ...(again ? [duplicate(`${path}.name`, container.name)] : []),
      ...validateHooks(container, path),
    ];
  });
}

/** Only an init container that stays has a life to look after. */
function validateHooks(container: Container, field: string): StatusCause[] {
  if (container.restartPolicy === 'Always')
    return [
      ...(container.lifecycle ? validateLifecycle(container.lifecycle, `${field}.lifecycle`) : []),
      ...validateProbes(container, field),
    ];
  return (['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const)
    .filter(hook => container[hook] !== undefined)
    .map(hook =>
      forbidden(`${field}.${hook}`, 'may not be set for init containers without restartPolicy=Always'),
    );
}

function validateCommon(container: Container, volumes: ReadonlySet<string>, field: string): StatusCause[] {
  const {name, image, terminationMessagePolicy, imagePullPolicy} = container;
  return [
    ...(name
      ? dnsLabel(name).map(said => invalid(`${field}.name`, name, said))
      : [required(`${field}.name`, '')]),
    ...validateImage(image, `${field}.image`),
    ...oneOf(
      `${field}.terminationMessagePolicy`,
      terminationMessagePolicy,
      ['File', 'FallbackToLogsOnError'],
      {
        inOrder: true,
      },
    ),
    ...validatePorts(container, field),
    ...validateEnvironment(container, field),
    ...validateEnvFrom(container, field),
    ...validateMounts(container, volumes, field),
    ...oneOf(`${field}.imagePullPolicy`, imagePullPolicy, ['Always', 'IfNotPresent', 'Never']),
    ...validateResources(container.resources ?? {}, `${field}.resources`),
    ...validateContainerSecurity(container.securityContext, `${field}.securityContext`),
  ];
}

export function validateImage(image: string | undefined, field: string): StatusCause[] {
  if (!image) return [required(field, '')];
  return image === image.trim()
    ? []
    : [invalid(field, image, 'must not have leading or trailing whitespace')];
}

const validateRestartPolicy = ({restartPolicy}: Container, field: string): StatusCause[] =>
  restartPolicy === undefined
    ? []
    : oneOf(`${field}.restartPolicy`, restartPolicy, ['Always', 'Never', 'OnFailure']);
