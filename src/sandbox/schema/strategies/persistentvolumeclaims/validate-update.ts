import type {PersistentVolumeClaimSpec} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../../objects.ts';
import type {StrategyContext} from '../../../registry/strategy.ts';
import {forbidden as forbiddenObject, type StatusCause} from '../../../status-error.ts';
import {amount} from '../amount.ts';
import {forbidden} from '../field-errors.ts';
import {goJson} from '../go-json.ts';
import {unifiedDiff} from '../unified-diff.ts';
import {claimNames} from './names.ts';

type Claim = Of<'persistentvolumeclaims'>;

/**
 * A claim can be given a volume and, if it has none, a class; a bound one can ask for more.
 * @throws StatusError Forbidden when its class does not let it grow
 */
export function validateClaimUpdate(claim: Claim, before: Claim, context: StrategyContext): StatusCause[] {
  const {spec} = claim;
  if (!spec || !before.spec) return [];
  const old = goJson('PersistentVolumeClaimSpec', before.spec);
  const diff = unifiedDiff(old, goJson('PersistentVolumeClaimSpec', withWhatMayChange(spec, before)));
  const causes = [
    ...(diff === '' ? [] : [forbidden('spec', `${immutableSpec}\n${diff}`)]),
    ...validateSize(spec, before),
  ];
  if (causes.length === 0) admitResize(claim, before, context);
  return causes;
}

const immutableSpec =
  'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';

/** The new spec, with all that it may change taken from the old one. */
function withWhatMayChange(
  spec: PersistentVolumeClaimSpec,
  {spec: old = {}, status}: Claim,
): PersistentVolumeClaimSpec {
  const {volumeName, storageClassName, resources, ...rest} = spec;
  const requests = status?.phase === 'Bound' ? old.resources?.requests : resources?.requests;
  const name = old.volumeName ? volumeName : old.volumeName;
  const className = old.storageClassName === undefined ? undefined : storageClassName;
  return {
    ...rest,
    ...(name !== undefined && {volumeName: name}),
    ...(className !== undefined && {storageClassName: className}),
    resources: {...resources, ...(requests && {requests})},
  };
}

function validateSize(spec: PersistentVolumeClaimSpec, before: Claim): StatusCause[] {
  if (before.status?.phase !== 'Bound' || amount(storageOf(spec)) >= amount(storageOf(before.spec)))
    return [];
  // What is there can not shrink; what was asked for in vain can.
  return amount(storageOf(spec)) <= amount(before.status.capacity?.storage)
    ? [forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity')]
    : [];
}

/** What the admission plug-in PersistentVolumeClaimResize does. */
function admitResize({spec, metadata}: Claim, before: Claim, {registry}: StrategyContext): void {
  if (amount(storageOf(spec)) <= amount(storageOf(before.spec))) return;
  const {storageClassName = ''} = spec ?? {};
  const storageClass = registry.get('storageclasses.storage.k8s.io', undefined, storageClassName);
  if (storageClass?.allowVolumeExpansion) return;
  throw forbiddenObject(
    claimNames,
    metadata.name,
    'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
  );
}

const storageOf = (spec: PersistentVolumeClaimSpec | undefined) => spec?.resources?.requests?.storage;
