import type {Toleration} from 'kubernetes-types/core/v1.d.ts';
import {labelValue, qualifiedName} from '../../../registry/names.ts';
import type {StatusCause} from '../../../status-error.ts';
import {invalid, notSupported} from '../field-errors.ts';
import {oneOf} from '../one-of.ts';

export const validateTolerations = (tolerations: readonly Toleration[], field: string): StatusCause[] =>
  tolerations.flatMap((toleration, index) => validateToleration(toleration, `${field}[${index}]`));

export const taintEffects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

function validateToleration(
  {key, operator, value, effect, tolerationSeconds}: Toleration,
  field: string,
): StatusCause[] {
  return [
    ...(key ? qualifiedName(key).map(said => invalid(`${field}.key`, key, said)) : []),
    ...(!key && operator !== 'Exists'
      ? [
          invalid(
            `${field}.operator`,
            operator ?? '',
            'operator must be Exists when `key` is empty, which means "match all values and all keys"',
          ),
        ]
      : []),
    ...(tolerationSeconds !== undefined && effect !== 'NoExecute'
      ? [
          invalid(
            `${field}.effect`,
            effect ?? '',
            "effect must be 'NoExecute' when `tolerationSeconds` is set",
          ),
        ]
      : []),
    ...validateOperator(operator ?? '', value ?? '', `${field}.operator`),
    ...(effect ? oneOf(`${field}.effect`, effect, taintEffects, {inOrder: true}) : []),
  ];
}

function validateOperator(operator: string, value: string, field: string): StatusCause[] {
  if (operator === '' || operator === 'Equal')
    return labelValue(value).map(said => invalid(field, value, said));
  if (operator !== 'Exists') return [notSupported(field, operator, ['Equal', 'Exists'])];
  return value === '' ? [] : [invalid(field, value, "value must be empty when `operator` is 'Exists'")];
}
