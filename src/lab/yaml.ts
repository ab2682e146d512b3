import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  parseAllDocuments,
  type YAMLError,
} from 'yaml';
import type {Problem} from '../errors.ts';

/** Where a value stands in a file: `['steps', 3, 'milestones', 0, 'id']`. */
export type Path = readonly PropertyKey[];

export interface ReadYaml {
  /** The first document as plain values, null when the file is empty; undefined when it is too broken to say. */
  value: unknown;
  /** How many documents the file holds, separated by `---`. */
  documents: number;
  problems: Problem[];
  /** The line of the value at the path, from 1; of the nearest value around it when there is none. */
  lineOf(path: Path): number;
}

/** Reads YAML and finds all that is wrong with its form; nothing is thrown. */
export function readYaml(file: string, source: string): ReadYaml {
  const lines = new LineCounter();
  const documents = parse(source, lines);
  const [first] = documents;
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const problems = documents.flatMap(document =>
    [...document.errors, ...document.warnings].map(error => ({
      file,
      line: lineAt(error.pos[0]),
      path: error.code === 'DUPLICATE_KEY' ? sayPath(pathAt(document.contents, error.pos[0])) : '',
      message: sayYamlError(error, source.split('\n')[lineAt(error.pos[0]) - 1]),
    })),
  );
  const lineOf = (path: Path) => lineAt(first ? offsetOf(first, path) : 0);
  const read = {documents: documents.length, problems, lineOf};
  if (!first) return {...read, value: null};
  if (first.errors.some(error => error.code !== 'DUPLICATE_KEY')) return {...read, value: undefined};
  try {
    return {...read, value: first.toJS()};
  } catch (error) {
    // An alias without its anchor, or so many aliases that they would fill the memory.
    const message = error instanceof Error ? error.message : String(error);
    return {...read, value: undefined, problems: [...problems, {file, path: '', message}]};
  }
}

/** `steps[3].milestones[0].id` */
export const sayPath = (path: Path): string =>
  path
    .map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');

/** The reverse of sayPath, for keys without dots and brackets. */
export const readPath = (path: string): Path =>
  path
    .split(/[.[\]]+/)
    .filter(key => key !== '')
    .map(key => (/^\d+$/.test(key) ? Number(key) : key));

function parse(source: string, lineCounter: LineCounter): Document.Parsed[] {
  const documents = parseAllDocuments(source, {lineCounter, prettyErrors: false});
  return Array.isArray(documents) ? documents : [];
}

function sayYamlError({code, message}: YAMLError, line = ''): string {
  if (code === 'DUPLICATE_KEY') return 'this key is given a second time';
  const hint = line.includes('${') ? '; within [ ] and { }, a value with ${…} needs quotation marks' : '';
  return `not YAML: ${message}${hint}`;
}

/** The offset of the key (in a map) or the item (in a list) that the path leads to, as far as it leads. */
function offsetOf(document: Document.Parsed, path: Path): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document);
    const next = entryOf(node, key);
    if (!next) break;
    offset = next.offset;
    node = next.value;
  }
  return offset;
}

function entryOf(node: unknown, key: PropertyKey): {offset: number; value: unknown} | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({key: it}) => isScalar(it) && String(it.value) === String(key));
    return pair && {offset: startOf(pair.key) ?? 0, value: pair.value};
  }
  const value = isCollection(node) ? node.items[Number(key)] : undefined;
  const offset = startOf(value);
  return offset === undefined ? undefined : {offset, value};
}

/** The path of the innermost value that holds the offset; a key counts as its value. */
function pathAt(node: unknown, offset: number): PropertyKey[] {
  if (isMap(node)) {
    const pair = node.items.find(({key, value}) => holds(key, offset) || holds(value, offset));
    if (!pair || !isScalar(pair.key)) return [];
    return [String(pair.key.value), ...pathAt(pair.value, offset)];
  }
  const index = isCollection(node) ? node.items.findIndex(item => holds(item, offset)) : -1;
  return index < 0 || !isCollection(node) ? [] : [index, ...pathAt(node.items[index], offset)];
}

const startOf = (node: unknown): number | undefined => (node as Node | null | undefined)?.range?.[0];

function holds(node: unknown, offset: number): boolean {
  const range = (node as Node | null | undefined)?.range;
  return range ? range[0] <= offset && offset < range[1] : false;
}
