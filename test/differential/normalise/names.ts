/**
 * Gives everything that has a name by chance a name by order: what came first in a session is 1. The same name gets
 * the same placeholder everywhere in that session.
 */
export interface Naming {
  /** Placeholders without numbers: for telling what is alike. */
  kinds(text: string): string;
  /** Placeholders with numbers. */
  numbered(text: string): string;
}

/** @param nodes role by node name */
export function naming(nodes: Readonly<Record<string, string>>): Naming {
  const numbers = new Map<string, number>();
  const counts = new Map<string, number>();
  const number = (kind: string, found: string): number => {
    const known = numbers.get(`${kind} ${found}`);
    if (known !== undefined) return known;
    const next = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, next);
    numbers.set(`${kind} ${found}`, next);
    return next;
  };
  const replace = (text: string, placeholder: (kind: string, found: string) => string): string =>
    kinds.reduce(
      (rest, [kind, pattern]) => rest.replace(pattern, found => placeholder(kind, found)),
      withRoles(text, nodes),
    );
  return {
    kinds: text => replace(text, kind => `<${kind}>`),
    numbered: text => replace(text, (kind, found) => `<${kind}-${number(kind, found)}>`),
  };
}

/** What is alike by its looks; the first that fits takes it. */
const kinds: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['uid', /(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])/g],
  ['ip', /(?<![\w.])(?!0\.0\.0\.0|127\.0\.0\.1)\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\w)/g],
  // web.17f3abc0d1e2f3a4: an event of web.
  ['event', /(?<=\w\.)[0-9a-f]{16}\b/g],
  // A hash is of the digits 0 to 9 written as these, so that no word comes about by chance.
  ['hash', /(?<=[\w>]-)[456789bcdf]{7,10}\b(?=-|\b)/g],
  ['hash', /(?<=(?:pod-template-hash|controller-revision-hash)[=:]\s*"?(?:[\w-]*-)?)[456789bcdf]{4,10}\b/g],
  // The end of a name that the server made up has neither vowels nor 0, 1 and 3.
  ['random', /(?<=[\w>]-)[bcdfghjklmnpqrstvwxz2456789]{5}(?![a-z0-9]|[.-]\w)/g],
  ['node-port', /(?<=\d:|NodePort: .*|nodePort"?: *)3[0-2]\d{3}\b/g],
];

function withRoles(text: string, nodes: Readonly<Record<string, string>>): string {
  return Object.entries(nodes).reduce((rest, [name, role]) => rest.replaceAll(name, `<${role}>`), text);
}
