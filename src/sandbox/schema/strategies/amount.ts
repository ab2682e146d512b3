import {parseQuantity} from '../quantity.ts';

/** A quantity's value in billionths, to compare; nothing is zero. @throws QuantityError when it is none */
export function amount(quantity: string | undefined): bigint {
  const {unscaled, exponent} = parseQuantity(quantity ?? '0');
  return exponent >= -9 ? unscaled * 10n ** BigInt(exponent + 9) : unscaled / 10n ** BigInt(-exponent - 9);
}

/** Does it ask for a part of something that cannot be divided? */
export const isWhole = (quantity: string) => amount(quantity) % 1_000_000_000n === 0n;
