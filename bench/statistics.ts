/** Median and 95th percentile of a series, in the unit of its values. */
export function summary(values: readonly number[]): {median: number; p95: number} {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return {median: at(0.5), p95: at(0.95)};
}

/** A table line: name, median, p95 and the ratios to the alternative. */
export function row(name: string, values: readonly number[], against?: readonly number[]): string {
  const {median, p95} = summary(values);
  const base = against && summary(against);
  const ratios = base ? `  ×${(median / base.median).toFixed(2)} ×${(p95 / base.p95).toFixed(2)}` : '';
  return `${name.padEnd(34)} median ${median.toFixed(1).padStart(7)} ms  p95 ${p95.toFixed(1).padStart(7)} ms${ratios}`;
}
