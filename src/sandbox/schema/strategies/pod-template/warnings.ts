import type {Container, PodTemplateSpec} from 'kubernetes-types/core/v1.d.ts';
import type {Stored} from '../../../objects.ts';
import type {Strategy} from '../../../registry/strategy.ts';
import {isWhole} from '../amount.ts';
import {podSecurityWarnings} from '../pod-security/admission.ts';

/** What a workload's author should know of its Pods, found by `templateOf`. */
export const templateWarnings =
  <T extends Stored<unknown>>(
    templateOf: (object: T) => PodTemplateSpec | undefined,
    field = 'spec.template',
  ): NonNullable<Strategy<T>['warnings']> =>
  (object, context) => {
    const spec = templateOf(object)?.spec;
    if (!spec) return [];
    return [
      ...podSecurityWarnings(spec, object.metadata.namespace, context, 'template'),
      ...podWarnings(spec, `${field}.spec`),
    ];
  };

/** What is accepted, though hardly what was meant. */
export function podWarnings(
  {initContainers = [], containers = []}: {initContainers?: Container[]; containers?: Container[]},
  field: string,
): string[] {
  return [
    ...initContainers.flatMap((container, index) =>
      containerWarnings(container, `${field}.initContainers[${index}]`),
    ),
    ...containers.flatMap((container, index) =>
      containerWarnings(container, `${field}.containers[${index}]`),
    ),
  ];
}

function containerWarnings({resources, env = []}: Container, field: string): string[] {
  const seen = new Set<string>();
  return [
    ...(['requests', 'limits'] as const).flatMap(list =>
      ['memory', 'ephemeral-storage'].flatMap(resource =>
        fractionWarnings(resources?.[list]?.[resource], `${field}.resources.${list}[${resource}]`),
      ),
    ),
    ...env.flatMap(({name}, index) => {
      const again = seen.has(name);
      seen.add(name);
      return again
        ? [
            `${field}.env[${index}]: hides previous definition of "${name}", which may be dropped when using apply`,
          ]
        : [];
    }),
  ];
}

export const fractionWarnings = (quantity: string | undefined, field: string): string[] =>
  quantity === undefined || isWhole(quantity)
    ? []
    : [`${field}: fractional byte value "${quantity}" is invalid, must be an integer`];
