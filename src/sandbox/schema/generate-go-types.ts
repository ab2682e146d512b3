import {derivedGoType} from './go-type.ts';
import {resourceTypes} from './resources.ts';
import {groupVersion, type TypeFacts} from './types.ts';

/** Where a type can be met: in the body of a POST to `url`, at the place where `wrap` puts it. */
interface Place {
  type: string;
  url: string;
  wrap: (value: unknown) => unknown;
}

/**
 * Adds `goType` and `embeddedIn` where they say something: asks the server with a value of the wrong type in
 * every field of every type, in the first place where it is found. Nothing is created by it.
 */
export async function addGoTypes(server: string, types: Map<string, TypeFacts>): Promise<void> {
  const seen = new Set<string>();
  const queue = roots(server, types);
  for (let place = queue.shift(); place; place = queue.shift()) {
    if (seen.has(place.type)) continue;
    seen.add(place.type);
    const {url, wrap} = place;
    for (const [name, field] of Object.entries(types.get(place.type)?.fields ?? {})) {
      const answer = await complaint(url, wrap({[name]: field.type === 'boolean' ? 'wrong' : true}));
      if (answer?.embeddedIn) field.embeddedIn = answer.embeddedIn;
      if (answer && answer.goType !== derivedGoType(field.type)) field.goType = answer.goType;
      queue.push({
        type: field.type.replaceAll(/\[\]|\{\}/g, ''),
        url,
        wrap: value => wrap({[name]: inside(field.type, value)}),
      });
    }
  }
}

function roots(server: string, types: Map<string, TypeFacts>): Place[] {
  return [...resourceTypes.values()].flatMap(type => {
    const kind = `${groupVersion(type)}/${type.kind}`;
    const name = [...types].find(([, facts]) => facts.kind === kind)?.[0];
    if (!name || !type.verbs.includes('create')) return [];
    const api = type.group === '' ? 'api' : 'apis';
    const path = type.namespaced ? `namespaces/default/${type.resource}` : type.resource;
    const url = `${server}/${api}/${groupVersion(type)}/${path}?dryRun=All`;
    return {type: name, url, wrap: (value: unknown) => value};
  });
}

/** A list or map of that type that holds the value. */
function inside(type: string, value: unknown): unknown {
  if (type.startsWith('[]')) return [inside(type.slice(2), value)];
  if (type.startsWith('{}')) return {key: inside(type.slice(2), value)};
  return value;
}

async function complaint(url: string, body: unknown) {
  const headers = {'Content-Type': 'application/json'};
  const answer = await fetch(url, {method: 'POST', headers, body: JSON.stringify(body)});
  const {message = ''} = (await answer.json()) as {message?: string};
  // apiVersion and kind are read before all else, by code that says the same about every type.
  const [, path, goType] = /into Go struct field (\w\S*) of type (\S+)$/.exec(message) ?? [];
  if (!path || !goType) return undefined;
  // Pod.spec.volumes.VolumeSource.hostPath: only the names of embedded structs begin with a capital.
  return {
    goType,
    embeddedIn: path
      .split('.')
      .slice(1, -1)
      .at(-1)
      ?.match(/^[A-Z].*/)?.[0],
  };
}
