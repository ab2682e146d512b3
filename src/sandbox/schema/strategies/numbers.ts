import type {StatusCause} from '../../status-error.ts';
import {invalid} from './field-errors.ts';

/** What is not there is right. */
export const nonNegative = (field: string, value: number | undefined): StatusCause[] =>
  value === undefined || value >= 0 ? [] : [invalid(field, value, 'must be greater than or equal to 0')];

export const inRange = (field: string, value: number, first: number, last: number): StatusCause[] =>
  Number.isInteger(value) && value >= first && value <= last
    ? []
    : [invalid(field, value, `must be between ${first} and ${last}, inclusive`)];

export const port = (field: string, value: number): StatusCause[] => inRange(field, value, 1, 65_535);

/** A number of Pods or a share of them: 3 or 25%. */
export function countOrPercent(field: string, value: number | string | undefined): StatusCause[] {
  if (typeof value === 'number') return nonNegative(field, value);
  if (value === undefined) return [];
  if (!/^[0-9]+%$/.test(value))
    return [
      invalid(
        field,
        value,
        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', " +
          "regex used for validation is '[0-9]+%')",
      ),
    ];
  return [];
}

export const atMostAll = (field: string, value: number | string | undefined): StatusCause[] =>
  typeof value === 'string' && /^[0-9]+%$/.test(value) && Number.parseInt(value, 10) > 100
    ? [invalid(field, value, 'must not be greater than 100%')]
    : [];

export const isNothing = (count: number | string | undefined) => count === 0 || count === '0%';
