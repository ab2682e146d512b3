import {isDeepStrictEqual} from 'node:util';
import type {Container, PodSpec, Toleration} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../../objects.ts';
import type {StatusCause} from '../../../status-error.ts';
import {forbidden, invalid} from '../field-errors.ts';
import {goJson} from '../go-json.ts';
import {validateImage} from '../pod-template/validate-container.ts';
import {unifiedDiff} from '../unified-diff.ts';

/** Nearly nothing of a Pod can change once it is there. */
export function validatePodUpdate({spec}: Of<'pods'>, {spec: before}: Of<'pods'>): StatusCause[] {
  if (!spec || !before || isDeepStrictEqual(spec, before)) return [];
  const added = changedContainers(spec, before);
  if (added.length > 0) return added;
  return [
    ...validateImages(spec),
    ...validateDeadline(spec, before),
    ...validateTolerations(spec.tolerations ?? [], before.tolerations ?? []),
    ...validateGates(spec, before),
    ...validateRest(spec, before),
  ];
}

function changedContainers(spec: PodSpec, before: PodSpec): StatusCause[] {
  return (['containers', 'initContainers'] as const)
    .filter(list => (spec[list] ?? []).length !== (before[list] ?? []).length)
    .map(list => forbidden(`spec.${list}`, 'pod updates may not add or remove containers'));
}

/** Looked at once more, as the API server does: the cause is told twice. */
function validateImages(spec: PodSpec): StatusCause[] {
  return (['containers', 'initContainers'] as const).flatMap(list =>
    (spec[list] ?? []).flatMap(({image}, index) => validateImage(image, `spec.${list}[${index}].image`)),
  );
}

function validateDeadline(spec: PodSpec, before: PodSpec): StatusCause[] {
  const field = 'spec.activeDeadlineSeconds';
  const [next, last] = [spec.activeDeadlineSeconds, before.activeDeadlineSeconds];
  if (next === undefined)
    return last === undefined
      ? []
      : [invalid(field, null, 'must not update from a positive integer to nil value')];
  return last !== undefined && next > last
    ? [invalid(field, next, 'must be less than or equal to previous value')]
    : [];
}

/** Only additions, though the seconds of one that is there may change. */
function validateTolerations(next: readonly Toleration[], before: readonly Toleration[]): StatusCause[] {
  const kept = before.every(old =>
    next.some(one => isDeepStrictEqual(withoutSeconds(one), withoutSeconds(old))),
  );
  return kept
    ? []
    : [forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')];
}

const withoutSeconds = ({tolerationSeconds, ...rest}: Toleration) => rest;

/** Gates are there to be taken away. */
const validateGates = (
  {schedulingGates = []}: PodSpec,
  {schedulingGates: before = []}: PodSpec,
): StatusCause[] =>
  schedulingGates
    .filter(({name}) => !before.some(gate => gate.name === name))
    .map(({name}) =>
      forbidden('spec.schedulingGates', `only deletion is allowed, but found new scheduling gate '${name}'`),
    );

const changeable =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,' +
  '`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),' +
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

function validateRest(spec: PodSpec, before: PodSpec): StatusCause[] {
  const old = goJson('PodSpec', before);
  const diff = unifiedDiff(old, goJson('PodSpec', withWhatMayChange(spec, before)));
  return diff === '' ? [] : [forbidden('spec', `${changeable}\n${diff}`)];
}

/** The new spec, with all that it may change taken from the old one. */
function withWhatMayChange(spec: PodSpec, before: PodSpec): PodSpec {
  const {
    activeDeadlineSeconds: _deadline,
    tolerations: _tolerations,
    schedulingGates: _gates,
    ...rest
  } = spec;
  const images = (list: readonly Container[] = [], old: readonly Container[] = []) =>
    list.map((container, index) => ({...container, image: old[index]?.image ?? ''}));
  const {activeDeadlineSeconds, tolerations, schedulingGates} = before;
  return {
    ...rest,
    ...(activeDeadlineSeconds !== undefined && {activeDeadlineSeconds}),
    ...(tolerations && {tolerations}),
    ...(schedulingGates && {schedulingGates}),
    containers: images(spec.containers, before.containers),
    ...(spec.initContainers && {initContainers: images(spec.initContainers, before.initContainers)}),
  };
}
