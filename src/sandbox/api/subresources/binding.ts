import {setPodCondition} from '../../pod-conditions.ts';
import {conflict, notFound} from '../../status-error.ts';
import {type Answer, created} from '../answer.ts';
import type {Api, Call} from '../api.ts';
import {readObject} from '../read-object.ts';
import {inNamespaceOf} from '../verbs/place.ts';
import {parseWriteOptions} from '../write-options.ts';

/** POST of pods/binding, or of a Binding by its older path: gives a Pod to a node. */
export async function bindPod(api: Api, call: Call): Promise<Answer> {
  const {registry, clock} = api;
  const {dryRun, fieldValidation} = parseWriteOptions(call.request, 'CreateOptions');
  const {object} = await readObject(
    call.request,
    {group: '', version: 'v1', kind: 'Binding'},
    fieldValidation,
  );
  const {metadata, target} = inNamespaceOf(call, object) as unknown as Binding;
  const name = call.name ?? metadata.name ?? '';
  const pods = {group: '', resource: 'pods', kind: 'Pod'};
  const bindings = {...pods, resource: 'pods/binding'};
  const bound = registry.change(
    'pods',
    {namespace: metadata.namespace, name},
    pod => {
      const taken = pod.spec?.nodeName;
      if (pod.metadata.deletionTimestamp !== undefined)
        throw conflict(bindings, name, `pod ${name} is being deleted, cannot be assigned to a host`);
      if (taken)
        throw conflict(bindings, name, `pod ${name} is already assigned to node ${JSON.stringify(taken)}`);
      if (pod.spec) pod.spec.nodeName = target.name;
      setPodCondition(pod, {type: 'PodScheduled', status: 'True'}, clock.now());
    },
    {dryRun, subresource: 'binding'},
  );
  if (!bound) throw notFound(pods, name);
  await registry.durable();
  return created({kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201});
}

/** As it was decoded, in the URL's namespace. */
interface Binding {
  metadata: {namespace: string; name?: string};
  target: {name: string};
}
