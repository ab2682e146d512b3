/**
 * How long ago, as kubectl shows it: `5m30s`, `3h`, `12d`.
 * @param then RFC 3339
 * @param now milliseconds since the epoch
 */
export const age = (then: string | undefined | null, now: number): string =>
  then === undefined || then === null ? '<unknown>' : duration(now - Date.parse(then));

/** A time span with at most two units, coarser the longer it is. */
export function duration(milliseconds: number): string {
  const seconds = Math.trunc(milliseconds / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 2 * 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return two(minutes, 'm', seconds % 60, 's');
  if (minutes < 3 * 60) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return two(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (days < 8) return two(days, 'd', hours % 24, 'h');
  if (days < 365 * 2) return `${days}d`;
  const years = Math.floor(days / 365);
  return days < 365 * 8 ? two(years, 'y', days % 365, 'd') : `${years}y`;
}

const two = (whole: number, unit: string, rest: number, smaller: string) =>
  rest === 0 ? `${whole}${unit}` : `${whole}${unit}${rest}${smaller}`;
