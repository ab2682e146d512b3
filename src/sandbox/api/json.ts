import type {Stored} from '../objects.ts';
import {inWrittenOrder} from '../schema/written-order.ts';

/**
 * An object's JSON. Stored objects are frozen, so it is made once for each version of an object, however many
 * lists and watches it is sent in.
 */
export const jsonOf = (object: Stored): string =>
  remembered(whole, object, () => JSON.stringify(inWrittenOrder(object)));

/** As an item of a list, which leaves out what the list says already. */
export const itemJson = (object: Stored): string =>
  remembered(items, object, () =>
    JSON.stringify({...inWrittenOrder(object), apiVersion: undefined, kind: undefined}),
  );

/** Only its metadata, as meta.k8s.io/v1 PartialObjectMetadata. */
export const metadataJson = (object: Stored): string =>
  remembered(metadata, object, () =>
    JSON.stringify({kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata}),
  );

const whole = new WeakMap<Stored, string>();
const items = new WeakMap<Stored, string>();
const metadata = new WeakMap<Stored, string>();

function remembered(memory: WeakMap<Stored, string>, object: Stored, write: () => string): string {
  const known = memory.get(object);
  if (known !== undefined) return known;
  const json = write();
  memory.set(object, json);
  return json;
}
