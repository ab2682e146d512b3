import type {LabelSelector} from 'kubernetes-types/meta/v1.d.ts';
import type {KubeObject, Stored} from '../../objects.ts';
import {branches, difference, thisField} from '../../schema/apply/field-set.ts';
import {managed, managersOf, sameManager} from '../../schema/apply/managers.ts';
import {patch} from '../../schema/patch.ts';
import {groupVersion} from '../../schema/types.ts';
import {conflict, invalid, notFound} from '../../status-error.ts';
import {timestamp} from '../../timestamps.ts';
import type {Answer} from '../answer.ts';
import type {Api, NamedCall} from '../api.ts';
import {readObject} from '../read-object.ts';
import {showAs} from '../show.ts';
import {scales} from '../table/scale.ts';
import {labelSelector} from '../table/text.ts';
import {patchType} from '../verbs/patch.ts';
import {namedAs} from '../verbs/place.ts';
import {parseWriteOptions, type WriteRequestOptions} from '../write-options.ts';
import type {Scale} from './scale-object.ts';

const scaleKind = {group: 'autoscaling', version: 'v1', kind: 'Scale'};

/** GET of the subresource scale. */
export async function getScale(api: Api, call: NamedCall): Promise<Answer> {
  const scale = scaleOf(scaled(api, call));
  await api.registry.durable();
  return showAs(api, call, scales, scale);
}

/** PUT of the subresource scale. @throws StatusError 409 when the resourceVersion is not the newest */
export async function updateScale(api: Api, call: NamedCall): Promise<Answer> {
  const options = parseWriteOptions(call.request, 'UpdateOptions');
  const {object} = await readObject(call.request, scaleKind, options.fieldValidation);
  return writeScale(api, call, namedAs(call, object), options);
}

/** PATCH of the subresource scale. */
export async function patchScale(api: Api, call: NamedCall): Promise<Answer> {
  const options = parseWriteOptions(call.request, 'PatchOptions');
  const mediaType = patchType(call.request);
  const body = await call.request.body();
  const before = scaleOf(scaled(api, call));
  const {object} = patch(before, scaleKind, mediaType, body, options.fieldValidation);
  return writeScale(api, call, object, options);
}

async function writeScale(
  api: Api,
  call: NamedCall,
  object: KubeObject,
  {dryRun, manager}: WriteRequestOptions,
): Promise<Answer> {
  const {type, name} = call;
  const before = scaled(api, call);
  const {replicas = 0} = (object.spec ?? {}) as Scale['spec'];
  const version = object.metadata?.resourceVersion;
  if (version && version !== before.metadata.resourceVersion)
    throw conflict(
      type,
      name,
      'the object has been modified; please apply your changes to the latest version and try again',
    );
  if (replicas < 0)
    throw invalid({...scaleKind, resource: 'scales'}, name, [
      {
        reason: 'FieldValueInvalid',
        message: `Invalid value: ${replicas}: must be greater than or equal to 0`,
        field: 'spec.replicas',
      },
    ]);
  const stored = api.registry.change(
    type.id,
    before,
    (draft: KubeObject) => {
      draft.spec = {...(draft.spec as object), replicas};
      draft.metadata = {...draft.metadata, managedFields: scaledBy(before, type, manager, api.clock.now())};
    },
    {dryRun, subresource: 'scale'},
  );
  await api.registry.durable();
  return showAs(api, call, scales, scaleOf(stored ?? before));
}

/** Who scales owns the number from then on; the real server notes it anew each time, also when nothing changes. */
function scaledBy(before: Stored, type: NamedCall['type'], manager: string, now: number) {
  const me = {
    name: manager,
    operation: 'Update',
    apiVersion: groupVersion(type),
    subresource: 'scale',
  } as const;
  const others = managersOf(before).filter(one => !sameManager(one, me));
  const written = managed(before, [
    ...others.map(one => ({...one, fields: difference(one.fields, number)})),
    {...me, time: timestamp(now), fields: number},
  ]);
  return written.metadata?.managedFields ?? [];
}

const number = branches([['f:spec', branches([['f:replicas', thisField]])]]);

function scaled({registry}: Api, {type, namespace, name}: NamedCall): Stored {
  const object = registry.get(type.id, namespace, name);
  if (!object) throw notFound(type, name);
  return object;
}

function scaleOf({metadata, ...object}: Stored): Scale {
  const {name, namespace, uid, resourceVersion, creationTimestamp} = metadata;
  const {replicas, selector} = object.spec as {replicas?: number; selector?: LabelSelector};
  const status = object.status as {replicas?: number} | undefined;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {name, ...(namespace !== undefined && {namespace}), uid, resourceVersion, creationTimestamp},
    // As Kubernetes writes it: no replicas are left out.
    spec: replicas ? {replicas} : {},
    status: {replicas: status?.replicas ?? 0, selector: labelSelector(selector)},
  };
}
