import type {Container, PodSpec, PodTemplateSpec} from 'kubernetes-types/core/v1.d.ts';
import type {Stored} from '../../../objects.ts';
import {dnsLabel} from '../../../registry/names.ts';
import type {Strategy} from '../../../registry/strategy.ts';
import {isWhole} from '../amount.ts';
import {podSecurityWarnings} from '../pod-security/admission.ts';

type Warnings<T> = NonNullable<Strategy<T>['warnings']>;

/** What the author of a workload should know of its Pods, which are found by `templateOf`. */
export const templateWarnings =
  <T extends Stored<unknown>>(
    templateOf: (object: T) => PodTemplateSpec | undefined,
    field = 'spec.template',
  ): Warnings<T> =>
  (object, context) => {
    const spec = templateOf(object)?.spec;
    if (!spec) return [];
    return [
      ...podSecurityWarnings(spec, object.metadata.namespace, context, 'template'),
      ...podWarnings(spec, `${field}.spec`),
    ];
  };

/** Besides, once it is created, what others will make of its name. */
export const withNameWarnings =
  <T extends Stored<unknown>>(warnings: Warnings<T>): Warnings<T> =>
  (object, context, before) => [
    ...(before ? [] : nameWarnings(object.metadata.name, 'Pod names and hostnames')),
    ...warnings(object, context, before),
  ];

/** @param use what it becomes, e.g. `the Pod's hostname` */
export function nameWarnings(name: string, use: string): string[] {
  const problems = dnsLabel(name);
  const why = `this is used in ${use}, which can result in surprising behavior; a DNS label is recommended`;
  return problems.length === 0 ? [] : [`metadata.name: ${why}: [${problems.join(' ')}]`];
}

/** What is accepted, though hardly what was meant. */
export function podWarnings(spec: PodSpec, field: string): string[] {
  const {initContainers = [], containers = [], imagePullSecrets = []} = spec;
  return [
    ...imagePullSecrets.flatMap(({name}, index) =>
      name ? [] : [`${field}.imagePullSecrets[${index}].name: invalid empty name ""`],
    ),
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
