/** What ${names} in manifests, commands and sentences stand for. A value may be any JSON: ${first.metadata.name}. */
export type Variables = Record<string, unknown>;

/** One name, or several with | between them: the first that has a value. */
const placeholder = /\$\{([a-zA-Z][\w.-]*(?:\|[a-zA-Z][\w.-]*)*)\}/g;

/** The names that a text mentions, each once, in their order. */
export const placeholdersOf = (text: string): string[] => [
  ...new Set([...text.matchAll(placeholder)].flatMap(match => match[1]?.split('|') ?? [])),
];

/** The text with a word as long in the place of each ${name}: what is filled in may stand where braces may not. */
export const withoutPlaceholders = (text: string): string =>
  text.replace(placeholder, whole => 'x'.repeat(whole.length));

/** The value a dotted name stands for, or undefined. */
export function lookUp(name: string, variables: Variables): unknown {
  if (name in variables) return variables[name];
  return name
    .split('.')
    .reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), variables);
}

/** Fills in what is known; a name without a value stays as it is, so that a reader sees what is missing. */
export const fillIn = (text: string, variables: Variables): string =>
  text.replace(placeholder, (whole, names: string) => {
    const value = names
      .split('|')
      .map(name => lookUp(name, variables))
      .find(found => found !== undefined && !isRecord(found));
    return value === undefined ? whole : String(value);
  });

/** The same for every string within a JSON value. */
export function fillInAll<T>(value: T, variables: Variables): T {
  if (typeof value === 'string') return fillIn(value, variables) as T;
  if (Array.isArray(value)) return value.map(item => fillInAll(item, variables)) as T;
  if (isRecord(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, fillInAll(item, variables)]),
    ) as T;
  return value;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
