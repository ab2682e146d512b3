import {createRequire} from 'node:module';
import type * as yaml from 'yaml';
import {type JsonTree, treeOf} from './json-tree.ts';

/** What is no YAML, in the words of the API where we know them. */
export class YamlError extends Error {
  override readonly name = 'YamlError';
}

/**
 * Reads YAML as the API server does: version 1.1, so that `on` is a boolean and 0777 is octal.
 * @returns the value, and for each key that came twice, e.g. `line 5: key "name" already set in map`
 * @throws YamlError
 */
export function parseYaml(text: string): {tree: JsonTree; duplicates: string[]} {
  const {isScalar, LineCounter, parseDocument, visit} = require('yaml') as typeof yaml;
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    version: '1.1',
    merge: true,
    uniqueKeys: false,
    intAsBigInt: true,
    lineCounter,
    // A date stays the string that it is.
    customTags: tags => tags.filter(tag => typeof tag === 'string' || !tag.tag.endsWith(':timestamp')),
  });
  const [error] = document.errors;
  if (error) throw new YamlError(sentence(error, lineCounter));
  const duplicates: string[] = [];
  visit(document, {
    Map(_, {items}) {
      const seen = new Set<string>();
      for (const {key} of items) {
        const name = String(isScalar(key) ? key.value : key);
        const line = lineCounter.linePos((key as yaml.Node).range?.[0] ?? 0).line;
        if (seen.has(name)) duplicates.push(`line ${line}: key ${JSON.stringify(name)} already set in map`);
        seen.add(name);
      }
    },
  });
  return {tree: treeOf(resolved(document)), duplicates};
}

/** Loads the library with the first YAML that comes: most clients send JSON. */
const require = createRequire(import.meta.url);

/** With aliases resolved, as far as that is no attack. */
function resolved(document: yaml.Document.Parsed): unknown {
  try {
    return document.toJS({maxAliasCount: 100});
  } catch {
    throw new YamlError('yaml: document contains excessive aliasing');
  }
}

const words: Partial<Record<yaml.YAMLError['code'], string>> = {
  BLOCK_AS_IMPLICIT_KEY: 'mapping values are not allowed in this context',
  TAB_AS_INDENT: 'found a tab character that violates indentation',
};

/** The API leaves the line out when it is the first. */
function sentence(error: yaml.YAMLError, lineCounter: yaml.LineCounter): string {
  const line = lineCounter.linePos(error.pos[1]).line;
  const message = words[error.code] ?? error.message.split(' at line ')[0];
  return line > 1 ? `yaml: line ${line}: ${message}` : `yaml: ${message}`;
}
