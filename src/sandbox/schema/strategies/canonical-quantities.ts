import type {Stored} from '../../objects.ts';
import {badRequest} from '../../status-error.ts';
import {formatQuantity, parseQuantity, quantityPattern} from './quantity.ts';

/**
 * Writes the quantities of a resource list (cpu, memory, storage…) in their one form, as reading them into the
 * API's types does.
 * @throws StatusError 400 when one is none: the object they belong to could not be read
 */
export function canonicalizeQuantities(
  object: Stored<unknown>,
  list: Record<string, unknown> | undefined,
): void {
  for (const [resource, written] of Object.entries(list ?? {}))
    if (list) list[resource] = canonicalQuantity(object, written);
}

/** The one form of a quantity in `object`. @throws StatusError 400 when it is none */
export function canonicalQuantity({kind, apiVersion}: Stored<unknown>, written: unknown): string {
  const quantity = parseQuantity(written);
  if (quantity) return formatQuantity(quantity);
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  throw badRequest(
    `${kind} in version "${version}" cannot be handled as a ${kind}: ` +
      `quantities must match the regular expression '${quantityPattern}'`,
  );
}
