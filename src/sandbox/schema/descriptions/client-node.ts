import {existsSync, readFileSync} from 'node:fs';
import type {Descriptions} from '../descriptions.ts';

const models = modelsDirectory();
function modelsDirectory(): URL | undefined {
  try {
    return new URL('gen/models/', import.meta.resolve('@kubernetes/client-node'));
  } catch {
    return undefined;
  }
}

/** Those of its declarations' comments. Fields that hold another described type have none there. */
export function fromClientNode(type: string): Descriptions | undefined {
  const file = declarationOf(type);
  return file && parse(readFileSync(file, 'utf8'));
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
