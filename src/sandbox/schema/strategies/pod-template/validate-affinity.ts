import type {
  Affinity,
  NodeAffinity,
  NodeSelector,
  NodeSelectorRequirement,
  PodAffinity,
  PodAffinityTerm,
} from 'kubernetes-types/core/v1.d.ts';
import {qualifiedName} from '../../../registry/names.ts';
import type {StatusCause} from '../../../status-error.ts';
import {forbidden, invalid, required} from '../field-errors.ts';
import {validateLabelSelector} from '../label-selector.ts';

export function validateAffinity(
  {nodeAffinity, podAffinity, podAntiAffinity}: Affinity,
  field: string,
): StatusCause[] {
  return [
    ...(nodeAffinity ? validateNodeAffinity(nodeAffinity, `${field}.nodeAffinity`) : []),
    ...(podAffinity ? validatePodAffinity(podAffinity, `${field}.podAffinity`) : []),
    ...(podAntiAffinity ? validatePodAffinity(podAntiAffinity, `${field}.podAntiAffinity`) : []),
  ];
}

const requiredTerms = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferredTerms = 'preferredDuringSchedulingIgnoredDuringExecution';

function validateNodeAffinity(affinity: NodeAffinity, field: string): StatusCause[] {
  const {[requiredTerms]: selector, [preferredTerms]: preferred = []} = affinity;
  return [
    ...(selector ? validateNodeSelector(selector, `${field}.${requiredTerms}`) : []),
    ...preferred.flatMap(({weight, preference}, index) => {
      const path = `${field}.${preferredTerms}[${index}]`;
      const {matchExpressions = []} = preference ?? {};
      return [
        ...validateWeight(weight, path),
        ...validateRequirements(matchExpressions, `${path}.preference`),
      ];
    }),
  ];
}

/** Of Pods and of PersistentVolumes alike. */
export function validateNodeSelector({nodeSelectorTerms}: NodeSelector, field: string): StatusCause[] {
  const path = `${field}.nodeSelectorTerms`;
  if (!nodeSelectorTerms?.length) return [required(path, 'must have at least one node selector term')];
  return nodeSelectorTerms.flatMap(({matchExpressions = []}, index) =>
    validateRequirements(matchExpressions, `${path}[${index}]`),
  );
}

const validateRequirements = (
  requirements: readonly NodeSelectorRequirement[],
  field: string,
): StatusCause[] =>
  requirements.flatMap((requirement, index) => {
    const path = `${field}.matchExpressions[${index}]`;
    return [
      ...validateOperator(requirement, path),
      ...qualifiedName(requirement.key).map(said => invalid(`${path}.key`, requirement.key, said)),
    ];
  });

function validateOperator({operator, values = []}: NodeSelectorRequirement, field: string): StatusCause[] {
  const path = `${field}.values`;
  if (operator === 'In' || operator === 'NotIn')
    return values.length > 0 ? [] : [required(path, "must be specified when `operator` is 'In' or 'NotIn'")];
  if (operator === 'Exists' || operator === 'DoesNotExist')
    return values.length === 0
      ? []
      : [forbidden(path, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
  if (operator === 'Gt' || operator === 'Lt')
    return values.length === 1
      ? []
      : [required(path, "must be specified single value when `operator` is 'Lt' or 'Gt'")];
  return [invalid(`${field}.operator`, operator, 'not a valid selector operator')];
}

function validatePodAffinity(affinity: PodAffinity, field: string): StatusCause[] {
  const {[requiredTerms]: needed = [], [preferredTerms]: preferred = []} = affinity;
  return [
    ...needed.flatMap((term, index) => validateTerm(term, `${field}.${requiredTerms}[${index}]`)),
    ...preferred.flatMap(({weight, podAffinityTerm}, index) => {
      const path = `${field}.${preferredTerms}[${index}]`;
      return [...validateWeight(weight, path), ...validateTerm(podAffinityTerm, `${path}.podAffinityTerm`)];
    }),
  ];
}

function validateTerm({labelSelector, topologyKey}: PodAffinityTerm, field: string): StatusCause[] {
  return [
    ...validateLabelSelector(labelSelector, `${field}.labelSelector`),
    ...(topologyKey ? [] : [required(`${field}.topologyKey`, 'can not be empty')]),
    ...qualifiedName(topologyKey ?? '').map(said => invalid(`${field}.topologyKey`, topologyKey ?? '', said)),
  ];
}

const validateWeight = (weight: number, field: string): StatusCause[] =>
  weight >= 1 && weight <= 100 ? [] : [invalid(`${field}.weight`, weight, 'must be in the range 1-100')];
