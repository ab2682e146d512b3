import {existsSync, readFileSync, realpathSync} from 'node:fs';
import {dirname, join} from 'node:path';

/** A package and where it goes below the root's folder: '' for the root itself, else node_modules/… */
export interface Placed {
  folder: string;
  path: string;
}

/**
 * A package with all that it needs to run, as Node.js finds it now, laid out anew: whoever installed it (npm, pnpm, as a
 * part of something larger) has put things elsewhere. What several need lies at the top; another version of it
 * below the one that needs it.
 * @throws Error when a dependency is not installed
 */
export function closureOf(root: string): Placed[] {
  const placed = new Map<string, string>([['', realpathSync(root)]]);
  for (const [path, folder] of placed)
    for (const [name, optional] of dependenciesOf(folder)) {
      const found = resolve(folder, name);
      if (found === undefined && optional) continue;
      if (found === undefined) throw new Error(`${folder} needs ${name}, which is not installed`);
      if (seenFrom(placed, path, name) === found) continue;
      const top = `node_modules/${name}`;
      placed.set(placed.has(top) ? [path, top].filter(Boolean).join('/') : top, found);
    }
  return [...placed].map(([path, folder]) => ({folder, path}));
}

interface PackageJson {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/**
 * By name, with whether it may be missing. What is optional is left out: it is compiled for a machine, or would be where it is
 * installed, which takes a network. npm lists it among the dependencies too.
 */
function dependenciesOf(folder: string): Map<string, boolean> {
  const {
    dependencies = {},
    optionalDependencies = {},
    peerDependencies = {},
  } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
  const names = [...Object.keys(peerDependencies), ...Object.keys(dependencies)];
  return new Map(
    names.filter(name => !(name in optionalDependencies)).map(name => [name, !(name in dependencies)]),
  );
}

/** As Node.js does it: the node_modules of the folder, then of those above it. */
function resolve(folder: string, name: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const candidate = join(at, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
    if (dirname(at) === at) return undefined;
  }
}

/** The same in the new layout. */
function seenFrom(placed: ReadonlyMap<string, string>, path: string, name: string): string | undefined {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const found = placed.get([at, `node_modules/${name}`].filter(Boolean).join('/'));
    if (found !== undefined || at === '') return found;
  }
}
