import type {PodSpec, TopologySpreadConstraint} from 'kubernetes-types/core/v1.d.ts';
import type {StatusCause} from '../../../status-error.ts';
import {invalid, required} from '../field-errors.ts';
import {validateLabelSelector} from '../label-selector.ts';
import {oneOf} from '../one-of.ts';

export const validateTopologySpread = (
  {topologySpreadConstraints = []}: PodSpec,
  field: string,
): StatusCause[] =>
  topologySpreadConstraints.flatMap((constraint, index) =>
    validateConstraint(constraint, `${field}.topologySpreadConstraints[${index}]`),
  );

function validateConstraint(constraint: TopologySpreadConstraint, field: string): StatusCause[] {
  const {maxSkew, topologyKey, whenUnsatisfiable, labelSelector} = constraint;
  return [
    ...(maxSkew > 0 ? [] : [invalid(`${field}.maxSkew`, maxSkew, 'must be greater than zero')]),
    ...(topologyKey ? [] : [required(`${field}.topologyKey`, 'can not be empty')]),
    ...oneOf(`${field}.whenUnsatisfiable`, whenUnsatisfiable, ['DoNotSchedule', 'ScheduleAnyway']),
    ...validateLabelSelector(labelSelector, `${field}.labelSelector`),
  ];
}
