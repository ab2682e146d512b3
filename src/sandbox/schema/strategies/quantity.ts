/**
 * A quantity of a resource: `500m`, `1.5Gi`, `1e3`. Its value is kept in billionths, the finest that Kubernetes
 * tells apart; what is finer is rounded away from zero.
 */
export interface Quantity {
  nano: bigint;
  /** How it is written: with powers of 1024, of 1000, or with an exponent. */
  format: 'BinarySI' | 'DecimalSI' | 'DecimalExponent';
}

/** What a quantity must look like, as the API says it. */
export const quantityPattern = '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$';

/** Undefined when it is no quantity. A number counts as its digits, as in manifests. */
export function parseQuantity(written: unknown): Quantity | undefined {
  if (typeof written !== 'string' && typeof written !== 'number') return undefined;
  const parts = /^([+-]?)(\d+\.?\d*|\.\d+)([a-zA-Z]*|[eE][+-]?\d+)$/.exec(String(written));
  if (!parts) return undefined;
  const [, sign, digits = '', suffix = ''] = parts;
  const unit = unitOf(suffix);
  if (!unit) return undefined;
  const [whole = '', fraction = ''] = digits.split('.');
  const scaled = divideUp(
    BigInt(whole + fraction) * unit.numerator * billion,
    unit.denominator * 10n ** BigInt(fraction.length),
  );
  return {nano: sign === '-' ? -scaled : scaled, format: unit.format};
}

/** In the one form in which Kubernetes writes it: 1024Mi is 1Gi, 0.5 is 500m. */
export function formatQuantity({nano, format}: Quantity): string {
  const sign = nano < 0n ? '-' : '';
  const size = nano < 0n ? -nano : nano;
  if (size === 0n) return '0';
  if (format === 'BinarySI' && size >= 1024n * billion) {
    const [digits, power] = reduce(divideUp(size, billion), 1024n, binary.length - 1);
    return `${sign}${digits}${binary[power]}`;
  }
  const [digits, power] = reduce(size, 1000n, decimal.length - 1);
  if (format !== 'DecimalExponent') return `${sign}${digits}${decimal[power]}`;
  const exponent = power * 3 - 9;
  return `${sign}${digits}${exponent === 0 ? '' : `e${exponent}`}`;
}

const billion = 1_000_000_000n;
const decimal = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

interface Unit {
  numerator: bigint;
  denominator: bigint;
  format: Quantity['format'];
}

const unitOf = (suffix: string): Unit | undefined => {
  const exponent = /^[eE]([+-]?\d+)$/.exec(suffix)?.[1];
  if (exponent !== undefined) return powerOfTen(Number(exponent), 'DecimalExponent');
  const power = binary.indexOf(suffix);
  if (power > 0) return {numerator: 1024n ** BigInt(power), denominator: 1n, format: 'BinarySI'};
  const step = decimal.indexOf(suffix);
  return step < 0 ? undefined : powerOfTen(step * 3 - 9, 'DecimalSI');
};

const powerOfTen = (exponent: number, format: Unit['format']): Unit => ({
  numerator: 10n ** BigInt(Math.max(exponent, 0)),
  denominator: 10n ** BigInt(Math.max(-exponent, 0)),
  format,
});

const divideUp = (value: bigint, by: bigint) => (value + by - 1n) / by;

/** Divides by `base` as often as nothing is lost, at most `most` times. */
const reduce = (value: bigint, base: bigint, most: number): [digits: bigint, power: number] => {
  let [digits, power] = [value, 0];
  for (; power < most && digits % base === 0n; power++) digits /= base;
  return [digits, power];
};
