import {evict} from '../../control/eviction.ts';
import {badRequest} from '../../status-error.ts';
import {type Answer, created} from '../answer.ts';
import type {Api, NamedCall} from '../api.ts';
import {readObject} from '../read-object.ts';
import {deleteOptions} from '../verbs/delete-options.ts';
import {inNamespaceOf} from '../verbs/place.ts';
import {parseWriteOptions} from '../write-options.ts';

/** POST of pods/eviction: deletes the Pod if no disruption budget forbids it. @throws StatusError 404, 429, 500 */
export async function evictPod(api: Api, call: NamedCall): Promise<Answer> {
  const {registry, clock} = api;
  const {namespace = '', name} = call;
  const {dryRun} = parseWriteOptions(call.request, 'CreateOptions');
  const {object} = await readObject(
    call.request,
    {group: 'policy', version: 'v1', kind: 'Eviction'},
    'Ignore',
  );
  const {metadata} = inNamespaceOf(call, object);
  if (metadata?.name !== name) throw badRequest('name in URL does not match name in Eviction object');
  const options = {...deleteOptions(object.deleteOptions ?? {}), ...(dryRun && {dryRun})};
  evict(registry, namespace, name, options, clock.now());
  await registry.durable();
  return created({kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201});
}
