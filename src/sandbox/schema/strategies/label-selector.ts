import type {LabelSelector, LabelSelectorRequirement} from 'kubernetes-types/meta/v1.d.ts';
import {labelValue, qualifiedName} from '../../registry/names.ts';
import type {StatusCause} from '../../status-error.ts';
import {forbidden, invalid, required} from './field-errors.ts';
import {sorted} from './go-json.ts';

export function validateLabelSelector(selector: LabelSelector | undefined, field: string): StatusCause[] {
  return [
    ...validateLabels(selector?.matchLabels, `${field}.matchLabels`),
    ...(selector?.matchExpressions ?? []).flatMap((requirement, index) =>
      validateRequirement(requirement, `${field}.matchExpressions[${index}]`),
    ),
  ];
}

/** Keys and values of labels, wherever they stand, in the order of their keys. */
export const validateLabels = (labels: Record<string, string> = {}, field: string): StatusCause[] =>
  Object.entries(sorted(labels)).flatMap(([key, value]) => [
    ...qualifiedName(key).map(said => invalid(field, key, said)),
    ...labelValue(value).map(said => invalid(field, value, said)),
  ]);

/** As Go writes it, for messages. */
export const shownSelector = ({matchLabels, matchExpressions}: LabelSelector): LabelSelector => ({
  ...(matchLabels && {matchLabels: {...sorted(matchLabels)}}),
  ...(matchExpressions && {matchExpressions}),
});

function validateRequirement(
  {key, operator, values = []}: LabelSelectorRequirement,
  field: string,
): StatusCause[] {
  return [
    ...validateOperator(operator, values, field),
    ...qualifiedName(key ?? '').map(said => invalid(`${field}.key`, key ?? '', said)),
    ...values.flatMap((value, index) =>
      labelValue(value).map(said => invalid(`${field}.values[${index}]`, value, said)),
    ),
  ];
}

function validateOperator(operator: string, values: readonly string[], field: string): StatusCause[] {
  if (operator === 'In' || operator === 'NotIn')
    return values.length > 0
      ? []
      : [required(`${field}.values`, "must be specified when `operator` is 'In' or 'NotIn'")];
  if (operator === 'Exists' || operator === 'DoesNotExist')
    return values.length === 0
      ? []
      : [forbidden(`${field}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
  return [invalid(`${field}.operator`, operator, 'not a valid selector operator')];
}
