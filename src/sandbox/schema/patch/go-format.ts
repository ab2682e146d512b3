import {isPlainMap} from './plain.ts';

/** A JSON value as Go's %v prints it: map[a:1 b:[x y]]. Error messages about patches show them so. */
export function goFormat(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goFormat).join(' ')}]`;
  if (!isPlainMap(value)) return String(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${entries.map(([key, inner]) => `${key}:${goFormat(inner)}`).join(' ')}]`;
}
