/** What dd and head take for a number of bytes: 512, 64k, 1M, and 1MB for a million. Undefined: no number. */
export function byteCount(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d+)(c|[kK]B?|MB?|GB?)?$/.exec(text) ?? [];
  if (number === undefined) return undefined;
  const base = unit.endsWith('B') ? 1000 : 1024;
  const exponent = ['', 'K', 'M', 'G'].indexOf(unit === 'c' ? '' : unit.charAt(0).toUpperCase());
  return Number(number) * base ** exponent;
}
