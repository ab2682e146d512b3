/**
 * What a resource quantity is worth, e.g. 1Gi → 1073741824, 100m → 0.1, 2e3 → 2000. NaN when it is none.
 * Exact up to 2^53, which is more than any disk.
 */
export function quantityValue(quantity: string | number): number {
  if (typeof quantity === 'number') return quantity;
  const [, digits, suffix] =
    /^([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)([numkMGTPE]|[KMGTPE]i)?$/.exec(quantity) ?? [];
  return digits === undefined ? Number.NaN : Number(digits) * (scale[suffix ?? ''] ?? 1);
}

const scale: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};
