import type {Answer} from '../answer.ts';
import type {Api, Call} from '../api.ts';
import {parseListOptions} from '../list-options.ts';
import {showList} from '../show.ts';
import {readDeleteOptions} from './delete-options.ts';

/** DELETE of all that a selector selects. Answers with what was selected, as it was. */
export async function deleteCollection(api: Api, call: Call): Promise<Answer> {
  const {registry} = api;
  const {type, namespace} = call;
  const {selects} = parseListOptions(call);
  const options = await readDeleteOptions(call.request);
  const items = registry.list(type.id, namespace).filter(selects);
  for (const {metadata} of items) registry.delete(type.id, metadata.namespace, metadata.name, options);
  await registry.durable();
  return showList(api, call, {items, version: registry.version});
}
