import type {PodSpec, SecurityContext} from 'kubernetes-types/core/v1.d.ts';
import type {StatusCause} from '../../../status-error.ts';
import {invalid} from '../field-errors.ts';
import {goJson} from '../go-json.ts';
import {inRange} from '../numbers.ts';
import {oneOf} from '../one-of.ts';

export function validateContainerSecurity(
  context: SecurityContext | undefined,
  field: string,
): StatusCause[] {
  if (!context) return [];
  const {privileged, allowPrivilegeEscalation} = context;
  const contradicts = allowPrivilegeEscalation === false && privileged === true;
  return [
    ...id(`${field}.runAsUser`, context.runAsUser),
    ...id(`${field}.runAsGroup`, context.runAsGroup),
    ...(contradicts
      ? [
          invalid(
            field,
            goJson('SecurityContext', context),
            'cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
          ),
        ]
      : []),
  ];
}

export function validatePodSecurity({securityContext}: PodSpec, field: string): StatusCause[] {
  if (!securityContext) return [];
  const {fsGroup, runAsUser, runAsGroup, supplementalGroups = [], fsGroupChangePolicy} = securityContext;
  return [
    ...id(`${field}.fsGroup`, fsGroup),
    ...id(`${field}.runAsUser`, runAsUser),
    ...id(`${field}.runAsGroup`, runAsGroup),
    ...supplementalGroups.flatMap((group, index) => id(`${field}.supplementalGroups[${index}]`, group)),
    ...(fsGroupChangePolicy === undefined
      ? []
      : oneOf(`${field}.fsGroupChangePolicy`, fsGroupChangePolicy, ['Always', 'OnRootMismatch'])),
  ];
}

/** A user's or group's. */
const id = (field: string, value: number | undefined) =>
  value === undefined ? [] : inRange(field, value, 0, 2 ** 31 - 1);
