import {existsSync, readFileSync} from 'node:fs';

/** The words for a type and its fields, as `kubectl explain` shows them. */
export interface Descriptions {
  type: string;
  fields: ReadonlyMap<string, string>;
}

const models = modelsDirectory();
function modelsDirectory(): URL | undefined {
  try {
    return new URL('gen/models/', import.meta.resolve('@kubernetes/client-node'));
  } catch {
    return undefined;
  }
}

const none: Descriptions = {type: '', fields: new Map()};
const cache = new Map<string, Descriptions>();

/**
 * What Kubernetes says about a type, read from the comments in @kubernetes/client-node's declarations: that package
 * carries them in full, and is there at run time anyhow. Without it, and for fields that it leaves undescribed
 * (those that hold another described type), there are none.
 * @param type e.g. io.k8s.api.core.v1.Container
 */
export function describe(type: string): Descriptions {
  const known = cache.get(type);
  if (known) return known;
  const file = declarationOf(type);
  const descriptions = file ? parse(readFileSync(file, 'utf8')) : none;
  cache.set(type, descriptions);
  return descriptions;
}

/** A model is named V1Container, and CoreV1Event where two groups have one of that name. */
function declarationOf(type: string): URL | undefined {
  const [group = '', version = '', name = ''] = type.split('.').slice(-3);
  const short = `${capitalized(version)}${name}`;
  return [short, `${capitalized(group)}${short}`]
    .flatMap(model => (models ? [new URL(`${model}.d.ts`, models)] : []))
    .find(file => existsSync(file));
}

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** A comment, and what it stands in front of: the class or one of its properties. */
const commented = /\/\*\*\n((?:\s*\* [^\n]*\n)+)\s*\*\/\n\s*(?:export declare class|'([^']+)'\??:)/g;

function parse(declaration: string): Descriptions {
  const found = [...declaration.matchAll(commented)].map(
    ([, comment = '', field]) => [field, text(comment)] as const,
  );
  return {
    type: found.find(([field]) => field === undefined)?.[1] ?? '',
    fields: new Map(
      found.flatMap(([field, words]) => (field === undefined ? [] : [[field, words] as const])),
    ),
  };
}

/** The comment's words, without its asterisks and escapes. */
const text = (comment: string) =>
  comment
    .split('\n')
    .map(line => line.replace(/^\s*\* /, ''))
    .join('\n')
    .trim()
    .replaceAll(/\\(["'\\])/g, '$1');
