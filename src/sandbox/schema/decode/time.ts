/** What is no RFC 3339 time, in the words of Go's parser. */
export class TimeError extends Error {
  override readonly name = 'TimeError';
}

/** The layout's parts, as Go names them in messages, and what each takes. */
const seconds = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^\d\d/],
  ['-', /^-/],
  ['02', /^\d\d/],
  ['T', /^T/],
  ['15', /^\d\d/],
  [':', /^:/],
  ['04', /^\d\d/],
  [':', /^:/],
  ['05', /^\d\d(?:[.,]\d+)?/],
] as const;
const fraction = [['.000000', /^\.\d{6}/]] as const;
const zone = [['Z07:00', /^(?:Z|[-+]\d\d:\d\d)/]] as const;

/**
 * A time as the API writes it: in UTC, and without the fraction where there is to be none.
 * @throws TimeError
 */
export function readTime(text: string, precision: 'seconds' | 'microseconds'): string {
  const micro = precision === 'microseconds';
  // With a fraction of its own in the layout, Go takes none with the seconds.
  const parts = micro
    ? [...seconds.slice(0, -1), ['05', /^\d\d/] as const, ...fraction, ...zone]
    : [...seconds, ...zone];
  const said = `parsing time ${JSON.stringify(text)}`;
  const layout = parts.map(([name]) => name).join('');
  let rest = text;
  for (const [name, pattern] of parts) {
    const found = pattern.exec(rest)?.[0];
    if (found === undefined)
      throw new TimeError(`${said} as "${layout}": cannot parse ${JSON.stringify(rest)} as "${name}"`);
    rest = rest.slice(found.length);
  }
  if (rest !== '') throw new TimeError(`${said}: extra text: ${JSON.stringify(rest)}`);
  checkRanges(text, said);
  const date = new Date(text.replace(/[.,]\d+/, ''));
  const decimals = micro ? (/\.\d{6}/.exec(text)?.[0] ?? '') : '';
  return `${date.toISOString().slice(0, 19)}${decimals}Z`;
}

function checkRanges(text: string, said: string): void {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text
    .split(/[-T:.,Z+]/)
    .map(Number);
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const wrong = [
    [month >= 1 && month <= 12, 'month'],
    [hour < 24, 'hour'],
    [minute < 60, 'minute'],
    [second < 60, 'second'],
    [day >= 1 && day <= days, 'day'],
  ].find(([fine]) => !fine);
  if (wrong) throw new TimeError(`${said}: ${wrong[1]} out of range`);
}
