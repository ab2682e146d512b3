import type {KubeObject} from '../objects.ts';
import {type Decoded, decode, type FieldValidation} from '../schema/decode.ts';
import type {GroupVersionKind} from '../schema/types.ts';
import {badRequest} from '../status-error.ts';
import {decodeProtobuf} from './protobuf/decode.ts';
import type {ApiRequest} from './request.ts';

const protobuf = 'application/vnd.kubernetes.protobuf';

/**
 * The object in a request's body, checked against its kind's fields.
 * @throws StatusError 400, 413, 415
 */
export async function readObject(
  request: ApiRequest,
  expected: GroupVersionKind,
  validation: FieldValidation,
): Promise<Decoded> {
  const body = await request.body();
  const type = request.headers['content-type'];
  if (!type?.startsWith(protobuf)) return decode(body, type, expected, validation);
  // Through JSON, so that it is read as strictly and written as plainly as from any other client.
  const json = Buffer.from(JSON.stringify(await readProtobuf(body, expected)));
  return decode(json, undefined, expected, 'Ignore');
}

async function readProtobuf(body: Buffer, {kind}: GroupVersionKind): Promise<KubeObject> {
  try {
    return await decodeProtobuf(body);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
    throw badRequest(`the object provided is unrecognized (must be of type ${kind}): ${error.message}`);
  }
}

/** For bodies that may be left out, as a DELETE's: undefined then. */
export async function readOptional(
  request: ApiRequest,
  expected: GroupVersionKind,
): Promise<KubeObject | undefined> {
  const body = await request.body();
  if (body.length === 0) return undefined;
  return (await readObject({...request, body: async () => body}, expected, 'Ignore')).object;
}
