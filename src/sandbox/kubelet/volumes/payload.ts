import type {DownwardAPIVolumeFile, KeyToPath, Volume, VolumeProjection} from 'kubernetes-types/core/v1.d.ts';
import {fieldValue} from '../environment/field-value.ts';
import {resourceValue} from '../environment/resource-value.ts';
import {serviceAccountToken} from './service-account-token.ts';
import {setUpFailed, type VolumeRequest} from './volume.ts';

/** What a volume that is made of API objects holds: path below the volume → content. */
export type Payload = Map<string, {content: Buffer; mode: number}>;

/** How the real kubelet names the directory of such a volume. */
export type PayloadPlugin =
  | 'kubernetes.io~configmap'
  | 'kubernetes.io~secret'
  | 'kubernetes.io~projected'
  | 'kubernetes.io~downward-api';

/** Undefined for a volume of another kind. */
export function payloadPlugin(volume: Volume): PayloadPlugin | undefined {
  if (volume.configMap) return 'kubernetes.io~configmap';
  if (volume.secret) return 'kubernetes.io~secret';
  if (volume.projected) return 'kubernetes.io~projected';
  return volume.downwardAPI && 'kubernetes.io~downward-api';
}

/** @throws MountError for what is not there and not optional */
export function payloadOf(request: VolumeRequest): Payload {
  const {configMap, secret, projected, downwardAPI} = request.volume;
  const payload: Payload = new Map();
  const mode = (configMap ?? secret ?? projected ?? downwardAPI)?.defaultMode ?? 0o644;
  const sources: VolumeProjection[] = projected?.sources ?? [
    {
      ...(configMap && {configMap}),
      ...(secret && {secret: {...secret, ...(secret.secretName && {name: secret.secretName})}}),
      ...(downwardAPI && {downwardAPI}),
    },
  ];
  for (const source of sources) addSource(payload, request, source, mode);
  return payload;
}

function addSource(payload: Payload, request: VolumeRequest, source: VolumeProjection, mode: number): void {
  const {registry, machine} = request.context;
  const {volume, pod} = request;
  const {namespace} = pod.metadata;
  if (source.configMap) {
    const {name = '', items, optional = false} = source.configMap;
    const found = registry.get('configmaps', namespace, name);
    if (!found && !optional) throw setUpFailed(volume.name, `configmap "${name}" not found`);
    const data = {...asBuffers(found?.data, 'utf8'), ...asBuffers(found?.binaryData, 'base64')};
    const missing = 'configmap references non-existent config key';
    addKeys(payload, {data, items, optional, mode, missing}, volume.name);
  }
  if (source.secret) {
    const {name = '', items, optional = false} = source.secret;
    const found = registry.get('secrets', namespace, name);
    if (!found && !optional) throw setUpFailed(volume.name, `secret "${name}" not found`);
    const missing = 'references non-existent secret key';
    addKeys(payload, {data: asBuffers(found?.data, 'base64'), items, optional, mode, missing}, volume.name);
  }
  for (const item of source.downwardAPI?.items ?? [])
    payload.set(item.path, {content: Buffer.from(downwardValue(request, item)), mode: item.mode ?? mode});
  if (source.serviceAccountToken) {
    const {path, expirationSeconds = 3600, audience} = source.serviceAccountToken;
    const claims = {expirationSeconds, node: machine.name, ...(audience && {audience})};
    payload.set(path, {content: Buffer.from(serviceAccountToken(pod, request.context.clock, claims)), mode});
  }
}

interface Keys {
  data: Record<string, Buffer>;
  items: KeyToPath[] | undefined;
  optional: boolean;
  mode: number;
  /** What is said of an item whose key is not there. */
  missing: string;
}

function addKeys(payload: Payload, {data, items, optional, mode, missing}: Keys, volume: string): void {
  const wanted = items ?? Object.keys(data).map(key => ({key, path: key}));
  for (const item of wanted as KeyToPath[]) {
    const content = data[item.key];
    if (content) payload.set(item.path, {content, mode: item.mode ?? mode});
    else if (!optional) throw setUpFailed(volume, `${missing}: ${item.key}`);
  }
}

function downwardValue({context, pod, place}: VolumeRequest, item: DownwardAPIVolumeFile): string {
  if (item.fieldRef) return fieldValue(pod, item.fieldRef.fieldPath, place) ?? '';
  if (!item.resourceFieldRef) return '';
  const container = pod.spec?.containers.find(({name}) => name === item.resourceFieldRef?.containerName);
  const node = context.registry.get('nodes', undefined, context.machine.name);
  return resourceValue(item.resourceFieldRef, container, node);
}

const asBuffers = (data: Readonly<Record<string, string>> = {}, encoding: 'utf8' | 'base64') =>
  Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, encoding)]));
