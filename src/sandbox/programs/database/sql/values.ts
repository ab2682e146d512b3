/** A value as the engine holds it. Dates and times are text in MySQL's form; integers are bigint when they are large. */
export type Value = null | number | bigint | string | Uint8Array;

/** What an expression gives, as far as clients are told. */
export interface Kind {
  is: 'int' | 'decimal' | 'double' | 'string' | 'binary' | 'date' | 'datetime' | 'time' | 'null';
  /** Digits after the point, for decimal. */
  scale?: number;
  /** It is never NULL: clients need no room for that word. */
  notNull?: boolean;
}

export const int: Kind = {is: 'int'};
export const double: Kind = {is: 'double'};
export const text: Kind = {is: 'string'};
export const decimal = (scale: number): Kind => ({is: 'decimal', scale: Math.min(scale, 30)});

/** A value as SQL that SQLite reads. */
export function literal(value: Value): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return Number.isInteger(value) ? `${value}` : floating(value);
  if (typeof value === 'bigint') return `${value}`;
  if (typeof value === 'string')
    return value.includes('\0') ? `CAST(x'${Buffer.from(value).toString('hex')}' AS TEXT)` : quoteText(value);
  return `x'${Buffer.from(value).toString('hex')}'`;
}

const floating = (value: number) => (Number.isFinite(value) ? value.toExponential() : 'NULL');
export const quoteText = (value: string) => `'${value.replaceAll("'", "''")}'`;
/** A name as MySQL reads it. */
export const backquoted = (name: string) => `\`${name.replaceAll('`', '``')}\``;
/** A name as SQLite reads it. */
export const quoteName = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** A value as text, as a client gets it; undefined for NULL. */
export function display(value: Value, kind: Kind): string | Uint8Array | undefined {
  if (value === null) return undefined;
  if (typeof value === 'number' && kind.is === 'decimal') return fixed(value, kind.scale ?? 0);
  if (typeof value === 'bigint' && kind.is === 'decimal' && kind.scale)
    return `${value}.${'0'.repeat(kind.scale)}`;
  if (typeof value === 'number') return number(value);
  return value instanceof Uint8Array ? value : String(value);
}

/** Rounds half away from zero, as decimals do: binary fractions are repaired by way of their shortest form. */
export function fixed(value: number, scale: number): string {
  const shifted = Math.round(Number(`${Math.abs(value)}e${scale}`));
  if (!Number.isSafeInteger(shifted)) return value.toFixed(scale);
  const digits = String(shifted).padStart(scale + 1, '0');
  const sign = value < 0 && shifted !== 0 ? '-' : '';
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

const number = (value: number) => String(value).replace('e+', 'e');
