/** A number as it is, or a percentage of `total`. */
export const scaled = (value: number | string, total: number, round: (exact: number) => number) =>
  typeof value === 'number' ? value : round((Number.parseInt(value, 10) * total) / 100);
