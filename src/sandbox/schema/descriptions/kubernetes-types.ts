import {readFileSync} from 'node:fs';
import type {Descriptions} from '../descriptions.ts';

/** Those of the comments in its declarations, where a file holds all the types of a group and version. */
export function fromKubernetesTypes(type: string): Descriptions | undefined {
  const [group = '', version = '', name = ''] = type.split('.').slice(-3);
  const declarations = read(`kubernetes-types/${group}/${version}.d.ts`);
  const [, comment = '', body = ''] =
    new RegExp(`(?:/\\*\\* (.*) \\*/\\n)?export interface ${name} \\{\\n([^]*?)\\n\\}`).exec(declarations) ??
    [];
  if (body === '') return undefined;
  return {
    type: comment,
    fields: new Map([...body.matchAll(commented)].map(([, words = '', field = '']) => [field, words])),
  };
}

/** A comment of one line, and the field that it stands in front of. */
const commented = /\/\*\* (.*) \*\/\n\s*(?:readonly )?"?([\w$-]+)"?\??:/g;

const files = new Map<string, string>();

function read(file: string): string {
  const known = files.get(file);
  if (known !== undefined) return known;
  const text = textOf(file);
  files.set(file, text);
  return text;
}

function textOf(file: string): string {
  try {
    return readFileSync(new URL(import.meta.resolve(file)), 'utf8');
  } catch {
    return '';
  }
}
