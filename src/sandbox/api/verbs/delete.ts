import type {ResourceId, Stored} from '../../objects.ts';
import type {ResourceType} from '../../registry/resource-type.ts';
import {type Answer, ok} from '../answer.ts';
import type {Api, NamedCall} from '../api.ts';
import {showObject} from '../show.ts';
import {readDeleteOptions} from './delete-options.ts';

/** DELETE of one object. @throws StatusError as the registry's delete */
export async function deleteObject(api: Api, call: NamedCall): Promise<Answer> {
  const {type, namespace, name} = call;
  const options = await readDeleteOptions(call.request);
  const {object, gone} = api.registry.delete(type.id, namespace, name, options);
  await api.registry.durable();
  return gone && !shown.includes(type.id) ? ok(success(type, object)) : showObject(api, call, object);
}

function success({group, resource}: ResourceType, {metadata: {name, uid}}: Stored): object {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {name, ...(group !== '' && {group}), kind: resource, uid},
  };
}

/** Resources whose deletion answers with the object even when it is gone: found with a real server. */
const shown: readonly ResourceId[] = [
  'jobs.batch',
  'namespaces',
  'persistentvolumeclaims',
  'persistentvolumes',
  'pods',
  'podtemplates',
  'resourcequotas',
  'serviceaccounts',
  'services',
  'storageclasses.storage.k8s.io',
];
