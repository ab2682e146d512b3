import type {Stored} from '../objects.ts';
import type {ResourceType} from '../registry/resource-type.ts';
import type {Answer} from './answer.ts';
import type {Api, Call} from './api.ts';
import {itemJson, jsonOf, metadataJson} from './json.ts';
import {negotiate} from './negotiate.ts';
import type {ApiRequest} from './request.ts';
import {columnsJson} from './table/columns.ts';
import {includeObject, rowsJson} from './table/rows.ts';
import type {Table} from './table/table.ts';
import {tableOf} from './table/tables.ts';
import type {Page} from './verbs/page.ts';

/** One object in the form that the client accepts. */
export const showObject = (api: Api, call: Call, object: Stored, code = 200): Answer =>
  showAs(api, call, tableOf(call.type), object, code);

/** One object of any kind. @param shape its table, where the client wants that */
export function showAs<T extends Stored>(
  api: Api,
  {request}: Call,
  shape: Table<T>,
  object: T,
  code = 200,
): Answer {
  const {form} = negotiate(request.headers.accept);
  if (form === 'metadata') return {code, body: {json: metadataJson(object)}};
  if (form === 'object') return {code, body: {json: jsonOf(object)}};
  const metadata = JSON.stringify({resourceVersion: object.metadata.resourceVersion});
  return table(api, request, shape, [object], metadata, code);
}

/** A list in the form that the client accepts. */
export function showList(api: Api, call: Call, page: Page): Answer {
  const {form} = negotiate(call.request.headers.accept);
  const metadata = listMeta(page);
  if (form === 'table') return table(api, call.request, tableOf(call.type), page.items, metadata, 200);
  const [kind, apiVersion, item] =
    form === 'metadata'
      ? ['PartialObjectMetadataList', 'meta.k8s.io/v1', metadataJson]
      : [`${call.type.kind}List`, apiVersionOf(call.type), itemJson];
  const items = page.items.map(item).join(',');
  return {
    code: 200,
    body: {json: `{"kind":"${kind}","apiVersion":"${apiVersion}","metadata":${metadata},"items":[${items}]}`},
  };
}

export const apiVersionOf = ({group, version}: Pick<ResourceType, 'group' | 'version'>) =>
  group === '' ? version : `${group}/${version}`;

const listMeta = ({version, continue: token, remainingItemCount}: Page) =>
  JSON.stringify({resourceVersion: String(version), continue: token, remainingItemCount});

function table<T extends Stored>(
  {clock}: Api,
  {query}: ApiRequest,
  shape: Table<T>,
  objects: readonly T[],
  metadata: string,
  code: number,
): Answer {
  const rows = rowsJson(shape, objects, clock.now(), includeObject(query));
  const json = `{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":${metadata},"columnDefinitions":${columnsJson(shape)},"rows":[${rows}]}`;
  return {code, body: {json}};
}
