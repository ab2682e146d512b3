/** An amount as Kubernetes writes it: 500m, 1Gi, 1e3. The value is unscaled × 10^exponent, exactly. */
export interface Quantity {
  readonly unscaled: bigint;
  readonly exponent: number;
  /** The family of suffixes that it was written with, and is written with again. */
  readonly format: 'BinarySI' | 'DecimalSI' | 'DecimalExponent';
  /** What was read, where Kubernetes keeps that although it is not canonical: +5, 1e+3. */
  readonly written?: string;
}

/** What is no quantity, in the words of the API. */
export class QuantityError extends Error {
  override readonly name = 'QuantityError';
}

/**
 * Reads a quantity as the API server does, which also means: no more than nine decimals (rounded up), and binary
 * ones capped at 2^63 - 1.
 * @throws QuantityError
 */
export function parseQuantity(text: string): Quantity {
  const {negative, digits, decimals, suffix} = split(text);
  const {binary, exponent, format} = interpret(suffix);
  const sign = negative ? -1n : 1n;
  const magnitude = BigInt(digits + decimals);
  const scaled = scale(
    magnitude,
    binary ? -decimals.length : exponent - decimals.length,
    binary ? exponent : 0,
  );
  const fits = binary
    ? decimals === '' && exactBinary(digits, exponent)
    : digits.length + decimals.length <= 18;
  if (fits && scaled.exponent >= -9) {
    const canonical = binary
      ? exponent % 10 === 0 && (magnitude & 7n) !== 0n
      : isCanonical(digits + decimals, scaled);
    return {
      unscaled: sign * scaled.unscaled,
      exponent: scaled.exponent,
      format,
      ...(canonical && {written: text}),
    };
  }
  const rounded = capped(roundedUp(scaled, -9), binary);
  const small = binary && compare(rounded, 1n) < 0;
  return {
    unscaled: sign * rounded.unscaled,
    exponent: rounded.exponent,
    format: small ? 'DecimalSI' : format,
  };
}

/** The way the API writes it: the largest suffix that loses nothing. */
export function formatQuantity({unscaled, exponent, format, written}: Quantity): string {
  if (written !== undefined) return written;
  if (unscaled === 0n) return '0';
  const whole = exponent >= 0 ? unscaled * 10n ** BigInt(exponent) : wholeOf(unscaled, exponent);
  if (format === 'BinarySI' && whole !== undefined && (whole <= -1024n || whole >= 1024n))
    return binaryForm(whole);
  return decimalForm(unscaled, exponent, format === 'DecimalExponent');
}

/** Rounds up (away from zero) to thousandths, as the API does with all resource amounts. */
export function roundToMilli(quantity: Quantity): Quantity {
  if (quantity.exponent >= -3) return quantity;
  const {unscaled, exponent} = roundedUp(quantity, -3);
  return {unscaled, exponent, format: quantity.format};
}

/** In the form of the first that is not zero. */
export function sumOf(quantities: readonly Quantity[]): Quantity {
  const exponent = Math.min(0, ...quantities.map(one => one.exponent));
  const unscaled = quantities.reduce(
    (sum, one) => sum + one.unscaled * 10n ** BigInt(one.exponent - exponent),
    0n,
  );
  const {format = 'DecimalSI'} = quantities.find(one => one.unscaled !== 0n) ?? {};
  return {unscaled, exponent, format};
}

export const isMore = (one: Quantity, other: Quantity): boolean =>
  sumOf([one, {...other, unscaled: -other.unscaled}]).unscaled > 0n;

const wrongFormat =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/** The API reads more leniently than its own message says: a sign or suffix alone is 0. */
function split(text: string): {negative: boolean; digits: string; decimals: string; suffix: string} {
  const parts = /^([+-]?)0*([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[+-]?[0-9]*)$/.exec(text);
  if (text === '' || !parts) throw new QuantityError(wrongFormat);
  const [, sign, digits, decimals = '', suffix = ''] = parts;
  return {negative: sign === '-', digits: digits || '0', decimals, suffix};
}

const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
/** From 10^-9 in steps of 1000. */
const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];

/** The exponent is one of 2 for a binary suffix, else of 10. */
function interpret(suffix: string): {binary: boolean; exponent: number; format: Quantity['format']} {
  const decimal = decimalSuffixes.indexOf(suffix);
  if (decimal >= 0) return {binary: false, exponent: (decimal - 3) * 3, format: 'DecimalSI'};
  const binary = binarySuffixes.indexOf(suffix);
  if (binary > 0) return {binary: true, exponent: binary * 10, format: 'BinarySI'};
  const power = /^[eE]([+-]?[0-9]+)$/.exec(suffix)?.[1];
  // Beyond this no number fits, and 10^power would take the server's memory.
  if (power === undefined || Math.abs(Number(power)) > 400)
    throw new QuantityError("unable to parse quantity's suffix");
  return {binary: false, exponent: Number(power), format: 'DecimalExponent'};
}

type Decimal = Pick<Quantity, 'unscaled' | 'exponent'>;

const scale = (magnitude: bigint, exponent: number, powerOfTwo: number): Decimal => ({
  unscaled: magnitude << BigInt(powerOfTwo),
  exponent,
});

/** Whether Kubernetes calculates with it in 64 bits, and so may keep it as it was written. */
const exactBinary = (digits: string, exponent: number) =>
  15 - digits.length - Math.floor((exponent * 3) / 10) - 1 >= 0;

const isCanonical = (digits: string, {exponent}: Decimal) =>
  exponent % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0');

function roundedUp({unscaled, exponent}: Decimal, smallest: number): Decimal {
  if (exponent >= smallest) return {unscaled, exponent};
  const divisor = 10n ** BigInt(smallest - exponent);
  const rest = unscaled % divisor;
  const away = rest === 0n ? 0n : rest > 0n ? 1n : -1n;
  return {unscaled: unscaled / divisor + away, exponent: smallest};
}

const largest = 2n ** 63n - 1n;
const capped = (value: Decimal, binary: boolean): Decimal =>
  binary && compare(value, largest) > 0 ? {unscaled: largest, exponent: 0} : value;

/** Of a value that is not negative. */
function compare({unscaled, exponent}: Decimal, whole: bigint): number {
  const left = exponent >= 0 ? unscaled * 10n ** BigInt(exponent) : unscaled;
  const right = exponent >= 0 ? whole : whole * 10n ** BigInt(-exponent);
  return left < right ? -1 : left > right ? 1 : 0;
}

function wholeOf(unscaled: bigint, exponent: number): bigint | undefined {
  const divisor = 10n ** BigInt(-exponent);
  return unscaled % divisor === 0n ? unscaled / divisor : undefined;
}

function binaryForm(whole: bigint): string {
  let [value, power] = [whole, 0];
  for (; power < 6 && value % 1024n === 0n; power++) value /= 1024n;
  return `${value}${binarySuffixes[power]}`;
}

function decimalForm(unscaled: bigint, exponent: number, withExponent: boolean): string {
  let [value, power] = [unscaled, exponent];
  for (; value % 10n === 0n; power++) value /= 10n;
  for (; power % 3 !== 0; power--) value *= 10n;
  const suffix = withExponent ? undefined : decimalSuffixes[power / 3 + 3];
  return `${value}${suffix ?? (power === 0 ? '' : `e${power}`)}`;
}
