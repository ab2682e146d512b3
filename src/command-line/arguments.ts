import {InvalidArgumentError} from 'commander';

/** @throws InvalidArgumentError for anything but a number from 1 to 100 */
export function factor(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 1 || value > 100)
    throw new InvalidArgumentError('A number from 1 to 100 is wanted.');
  return value;
}

/** @throws InvalidArgumentError for anything but a whole number from 0 to 20 */
export function agentCount(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 20)
    throw new InvalidArgumentError('A number from 0 to 20 is wanted.');
  return value;
}

/** @throws InvalidArgumentError for anything but a number that is not below 0 */
export function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError('A number of seconds is wanted.');
  return value;
}
