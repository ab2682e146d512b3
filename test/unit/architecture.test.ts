import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join, posix} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';

const root = fileURLToPath(new URL('../../src', import.meta.url));
const files = readdirSync(root, {recursive: true, encoding: 'utf8'})
  .map(file => file.replaceAll('\\', '/'))
  .filter(file => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .sort();
const sources = new Map(files.map(file => [file, readFileSync(join(root, file), 'utf8')]));

/** The folder a file lies in, or a file right below src by its name. */
const layerOf = (file: string) =>
  file.includes('/') ? file.slice(0, file.indexOf('/')) : file.replace(/\.ts$/, '');

interface Import {
  file: string;
  from: string;
  /** The target's path below src; undefined for packages. */
  target: string | undefined;
  typeOnly: boolean;
  /** Loaded only when the code comes there. */
  dynamic: boolean;
}

/** Static and dynamic imports, and `export … from`. Types within `import {type A, b}` count as values. */
function importsOf(file: string, source: string): Import[] {
  const found = source.matchAll(
    /^(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm,
  );
  return [...found].map(([, type, named, bare, dynamic]) => {
    const from = named ?? bare ?? dynamic ?? '';
    const target = from.startsWith('.') ? posix.join(dirname(file), from) : undefined;
    return {file, from, target, typeOnly: type !== undefined, dynamic: dynamic !== undefined};
  });
}
const imports = [...sources].flatMap(([file, source]) => importsOf(file, source));

/** What each may import of src, besides itself. `types`: only with `import type`. */
const arrows: Record<string, {values: string[]; types?: string[]}> = {
  cli: {values: ['main', 'node-version']},
  'node-version': {values: []},
  main: {values: ['command-line', 'clock', 'errors', 'outside', 'own-directory', 'ui']},
  'command-line': {values: ['app', 'commands', 'engine', 'errors', 'lab', 'outside', 'ui']},
  app: {
    values: [
      'bundle',
      'clock',
      'commands',
      'engine',
      'lab',
      'outside',
      'errors',
      'kube',
      'cluster',
      'progress',
      'ui',
    ],
  },
  commands: {values: ['preflight', 'engine', 'checks', 'world', 'lab', 'errors', 'outside', 'shell-word']},
  preflight: {values: ['engine', 'world', 'lab', 'errors', 'shell-word']},
  engine: {values: ['checks', 'world', 'lab', 'errors', 'shell-word']},
  checks: {values: ['world', 'lab', 'errors']},
  world: {values: ['lab', 'errors']},
  lab: {values: ['errors']},
  errors: {values: []},
  outside: {values: []},
  'own-directory': {values: []},
  'shell-word': {values: []},
  clock: {values: ['engine']},
  alive: {values: []},
  kube: {values: ['engine', 'checks', 'world', 'lab', 'errors']},
  bundle: {values: ['cluster', 'kube', 'engine', 'lab', 'errors']},
  cluster: {values: ['alive', 'kube', 'sandbox', 'preflight', 'engine', 'checks', 'world', 'lab', 'errors']},
  // Could be a package of its own.
  sandbox: {values: []},
  progress: {values: ['alive', 'engine', 'checks', 'world', 'lab', 'errors']},
  ui: {
    values: ['preflight', 'engine', 'checks', 'world', 'lab', 'errors', 'outside', 'shell-word'],
    types: ['commands/app.ts', 'commands/view.ts'],
  },
};

test('the imports are found', () => {
  const of = (source: string) =>
    importsOf('a/b.ts', source).map(({from, target, typeOnly}) => [from, target, typeOnly]);
  expect(of("import type {A} from '../c/d.ts';\nimport {\n  type B,\n  e,\n} from './f.ts';")).toEqual([
    ['../c/d.ts', 'c/d.ts', true],
    ['./f.ts', 'a/f.ts', false],
  ]);
  expect(of("export * from './x.ts';\nconst y = await import('../y.ts');\nimport 'zod';")).toEqual([
    ['./x.ts', 'a/x.ts', false],
    ['../y.ts', 'y.ts', false],
    ['zod', undefined, false],
  ]);
  expect(imports.length).toBeGreaterThan(200);
});

describe('the arrows', () => {
  const layers = [...new Set(files.map(layerOf))];
  test.each(layers)('%s', layer => {
    const {values, types = []} = arrows[layer] ?? {values: []};
    const wrong = imports.filter(({file, target, typeOnly}) => {
      if (layerOf(file) !== layer || target === undefined || layerOf(target) === layer) return false;
      return !values.includes(layerOf(target)) && !(typeOnly && types.includes(target));
    });
    expect(wrong.map(({file, from}) => `${file} imports ${from}`)).toEqual([]);
  });
  test('the command line needs of the user interface only what the help and errors say', () => {
    const ui = imports.filter(
      ({file, target}) => layerOf(file) === 'command-line' && target?.startsWith('ui/'),
    );
    expect(ui.length).toBeGreaterThan(0);
    expect(ui.filter(({target}) => !target?.startsWith('ui/messages/'))).toEqual([]);
  });
  test('every folder and file has its place in them', () => {
    expect(layers.filter(layer => !(layer in arrows))).toEqual([]);
  });
  test('a value is only imported from a file that is there', () => {
    const missing = imports.filter(({target}) => target !== undefined && !existsSync(join(root, target)));
    expect(missing).toEqual([]);
  });
});

test('no two files need each other’s values, however many lie between them', () => {
  const needs = new Map(files.map(file => [file, [] as string[]]));
  for (const {file, target, typeOnly, dynamic} of imports)
    if (target !== undefined && !typeOnly && !dynamic) needs.get(file)?.push(target);
  const done = new Set<string>();
  const circles: string[] = [];
  const follow = (file: string, path: readonly string[]) => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (done.has(file) || path.includes(file)) return;
    for (const target of needs.get(file) ?? []) follow(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) follow(file, []);
  expect(circles).toEqual([]);
});

describe('what is pure', () => {
  const pure = ['engine', 'checks', 'world', 'preflight'];
  test('imports nothing of Node.js, nor a package that does I/O', () => {
    const packages = imports.filter(({file, target}) => pure.includes(layerOf(file)) && target === undefined);
    const thinkers = ['@marcbachmann/cel-js', 'fastest-levenshtein'];
    expect(packages.filter(({from}) => !thinkers.includes(from))).toEqual([]);
  });
  test('knows no process, console or network', () => {
    const worldly = /\b(process\.|console\.|fetch\(|globalThis\b)/;
    expect(filesWith(worldly).filter(file => pure.includes(layerOf(file)))).toEqual([]);
  });
});

/** Files whose code, apart from comments and texts, matches. */
const filesWith = (pattern: RegExp) =>
  [...sources].filter(([, source]) => pattern.test(withoutComments(source))).map(([file]) => file);

const withoutComments = (source: string) =>
  source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');

describe('time', () => {
  test('only the clocks ask for it, and set timers', () => {
    const timers = /\b(setTimeout|setInterval)\b|\bDate\.now\(|new Date\(\)|performance\.now\(/;
    expect(filesWith(timers)).toEqual(['clock.ts', 'sandbox/clock.ts']);
  });
});

describe('the process', () => {
  test('is ended nowhere; its exit code is set in src/cli.ts alone', () => {
    expect(filesWith(/process\.(exit|abort)\(|process\.reallyExit/)).toEqual([]);
    expect(filesWith(/process\.exitCode\s*=/)).toEqual(['cli.ts', 'sandbox/life/main.ts']);
  });
  test('its streams and environment are touched only where the outside is built', () => {
    expect(filesWith(/process\.(stdin|stdout|stderr|env)\b|\} = process;/)).toEqual([
      'cli.ts',
      'main.ts',
      'sandbox/life/main.ts',
    ]);
  });
});

test('what `statelab --version` waits for is nothing but Node.js', () => {
  const loaded = new Set(['cli.ts']);
  for (const file of loaded)
    for (const {target, typeOnly, dynamic} of imports.filter(one => one.file === file))
      if (target !== undefined && !typeOnly && !dynamic) loaded.add(target);
  expect([...loaded].filter(file => !['cli.ts', 'node-version.ts'].includes(file))).toEqual([]);
  const packages = imports.filter(({file, target}) => loaded.has(file) && target === undefined);
  expect(packages.filter(({from}) => !from.startsWith('node:'))).toEqual([]);
});
