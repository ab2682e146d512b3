import type {Answer} from '../answer.ts';
import type {Api, Call} from '../api.ts';
import {knownVersion, type ListOptions} from '../list-options.ts';
import {showList} from '../show.ts';
import {pageOf} from './page.ts';

/** GET of a collection. @throws StatusError 400 for options that cannot be read */
export async function listObjects(api: Api, call: Call, options: ListOptions): Promise<Answer> {
  const {registry} = api;
  if (options.resourceVersion !== '') knownVersion(options.resourceVersion, registry.version);
  const {version} = registry;
  const selected = registry.list(call.type.id, call.namespace).filter(options.selects);
  const page = pageOf(selected, options.limit, options.continue, version);
  await registry.durable();
  // With a selector Kubernetes does not know how many are left without looking at all of them.
  const {remainingItemCount, ...unknown} = page;
  return showList(api, call, options.selective || remainingItemCount === undefined ? unknown : page);
}
