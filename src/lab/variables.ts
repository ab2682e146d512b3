/** What ${names} in manifests, commands and sentences stand for. A value may be any JSON: ${first.metadata.name}. */
export type Variables = Record<string, unknown>;

const placeholder = /\$\{([a-zA-Z][\w.-]*)\}/g;

/** The names that a text mentions, each once, in their order. */
export const placeholdersOf = (text: string): string[] => [
  ...new Set([...text.matchAll(placeholder)].flatMap(match => match[1] ?? [])),
];

/** The value a dotted name stands for, or undefined. */
export function lookUp(name: string, variables: Variables): unknown {
  if (name in variables) return variables[name];
  return name
    .split('.')
    .reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), variables);
}

/** Fills in what is known; a name without a value stays as it is, so that a reader sees what is missing. */
export const fillIn = (text: string, variables: Variables): string =>
  text.replace(placeholder, (whole, name: string) => {
    const value = lookUp(name, variables);
    return value === undefined || isRecord(value) ? whole : String(value);
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
