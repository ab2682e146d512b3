import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {TypeFacts} from './types.ts';

/**
 * Adds `omitsZero`: whether Go leaves a field out when it holds its type's zero value is only in its source.
 * @param modules a directory with the unpacked modules k8s.io/api and k8s.io/apimachinery, as from the Go proxy
 */
export function addZeros(modules: string, types: Map<string, TypeFacts>): void {
  const sources = new Map<string, string>();
  for (const [name, {fields}] of types) {
    const file = join(modules, sourceOf(name));
    if (!existsSync(file)) continue;
    if (!sources.has(file)) sources.set(file, readFileSync(file, 'utf8'));
    for (const [json, omits] of goFields(sources.get(file) ?? '', name.slice(name.lastIndexOf('.') + 1)))
      if (omits && fields?.[json] && isSimple(fields[json].type)) fields[json].omitsZero = true;
  }
}

/** io.k8s.api.apps.v1.Deployment is in k8s.io/api/apps/v1/types.go. */
function sourceOf(type: string): string {
  const path = type.split('.').slice(2, -1).join('/');
  return `k8s.io/${path}/types.go`;
}

/** Structs are written even when they are empty. */
const isSimple = (type: string) => !type.startsWith('io.k8s.');

/** The fields of a struct, with those of the structs in it: name in JSON, and whether its zero value is left out. */
function goFields(source: string, struct: string): [string, boolean][] {
  const body = new RegExp(`^type ${struct} struct \\{\\n(.*?)^\\}`, 'ms').exec(source)?.[1] ?? '';
  return [...body.matchAll(/^\t(\w+)(?:[ \t]+(\S+))?[ \t]+`json:"([^"]*)"/gm)].flatMap(
    ([, field = '', type = '', tag = '']): [string, boolean][] => {
      const [json = '', ...options] = tag.split(',');
      if (json === '') return goFields(source, field);
      return [[json, options.includes('omitempty') && !type.startsWith('*')]];
    },
  );
}
