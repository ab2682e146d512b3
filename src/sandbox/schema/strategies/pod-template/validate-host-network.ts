import type {PodSpec} from 'kubernetes-types/core/v1.d.ts';
import type {StatusCause} from '../../../status-error.ts';
import {invalid} from '../field-errors.ts';

/** On the host's network, a container's port is the host's. */
export function validateHostNetwork({hostNetwork, containers = []}: PodSpec, field: string): StatusCause[] {
  if (!hostNetwork) return [];
  return containers.flatMap(({ports = []}, container) =>
    ports.flatMap(({hostPort, containerPort}, index) =>
      hostPort && hostPort !== containerPort
        ? [
            invalid(
              `${field}.containers[${container}].ports[${index}].hostPort`,
              hostPort,
              'must match `containerPort` when `hostNetwork` is true',
            ),
          ]
        : [],
    ),
  );
}
