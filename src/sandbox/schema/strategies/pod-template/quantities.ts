import type {Container, PodSpec, Volume} from 'kubernetes-types/core/v1.d.ts';
import type {Stored} from '../../../objects.ts';
import {canonicalizeQuantities, canonicalQuantity} from '../canonical-quantities.ts';

/** Brings all quantities within a Pod's spec into their one form. @throws StatusError 400 */
export function canonicalizePodQuantities(object: Stored<unknown>, spec: PodSpec): void {
  for (const container of [...(spec.initContainers ?? []), ...(spec.containers ?? [])])
    canonicalizeContainer(object, container);
  for (const volume of spec.volumes ?? []) canonicalizeVolume(object, volume);
  canonicalizeQuantities(object, spec.overhead);
}

function canonicalizeContainer(object: Stored<unknown>, {resources, env = []}: Container): void {
  canonicalizeQuantities(object, resources?.limits);
  canonicalizeQuantities(object, resources?.requests);
  for (const {valueFrom} of env) {
    const reference = valueFrom?.resourceFieldRef;
    if (reference) reference.divisor = canonicalQuantity(object, reference.divisor ?? '0');
  }
}

function canonicalizeVolume(
  object: Stored<unknown>,
  {emptyDir, ephemeral, downwardAPI, projected}: Volume,
): void {
  if (emptyDir?.sizeLimit !== undefined) emptyDir.sizeLimit = canonicalQuantity(object, emptyDir.sizeLimit);
  canonicalizeQuantities(object, ephemeral?.volumeClaimTemplate?.spec?.resources?.requests);
  const files = [downwardAPI, ...(projected?.sources ?? []).map(source => source.downwardAPI)];
  for (const {resourceFieldRef} of files.flatMap(file => file?.items ?? []))
    if (resourceFieldRef)
      resourceFieldRef.divisor = canonicalQuantity(object, resourceFieldRef.divisor ?? '0');
}
