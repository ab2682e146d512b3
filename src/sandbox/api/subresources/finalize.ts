import type {Answer} from '../answer.ts';
import type {Api, NamedCall} from '../api.ts';
import {readObject} from '../read-object.ts';
import {showObject} from '../show.ts';
import {namedAs} from '../verbs/place.ts';
import {parseWriteOptions} from '../write-options.ts';

/** PUT of namespaces/finalize: takes over the body's spec.finalizers, and nothing else. */
export async function finalizeNamespace(api: Api, call: NamedCall): Promise<Answer> {
  const {dryRun} = parseWriteOptions(call.request, 'UpdateOptions');
  const {object} = await readObject(call.request, call.type, 'Ignore');
  const stored = api.registry.update('namespaces', namedAs(call, object), {dryRun, subresource: 'finalize'});
  await api.registry.durable();
  return showObject(api, call, stored);
}
