/** When a CronJob is due, from the five fields of its schedule; times are UTC. */
export interface Schedule {
  /** The first time after `time`, both in milliseconds since the epoch; undefined when there is none within 5 years. */
  next(time: number): number | undefined;
}

interface Field {
  from: number;
  to: number;
  names?: readonly string[];
}

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const fields: readonly Field[] = [
  {from: 0, to: 59},
  {from: 0, to: 23},
  {from: 1, to: 31},
  {from: 1, to: 12, names: ['', ...months]},
  {from: 0, to: 6, names: days},
];
const shorthands: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** Undefined when it is not understood. */
export function parseSchedule(text: string): Schedule | undefined {
  const parts = (shorthands[text] ?? text).trim().split(/\s+/);
  if (parts.length !== fields.length) return undefined;
  const sets = fields.map((field, index) => valuesOf(parts[index] ?? '', field));
  const [minutes, hours, monthDays, monthNumbers, weekDays] = sets;
  if (!minutes || !hours || !monthDays || !monthNumbers || !weekDays) return undefined;
  const anyDay = isStar(parts[2]) || isStar(parts[4]);
  const matchesDay = (date: Date) => {
    const byMonth = monthDays.has(date.getUTCDate());
    const byWeek = weekDays.has(date.getUTCDay());
    return anyDay ? byMonth && byWeek : byMonth || byWeek;
  };
  return {next: time => nextTime(time, {minutes, hours, monthNumbers, matchesDay})};
}

/** Where both kinds of days are restricted, either will do. */
const isStar = (part = '') => part.startsWith('*') || part.startsWith('?');

/** What one field allows: lists of values, ranges and steps. Undefined when it is not understood. */
function valuesOf(part: string, field: Field): Set<number> | undefined {
  const values = new Set<number>();
  for (const item of part.split(',')) {
    const [, range = '', step = '1'] = /^([^/]+)(?:\/(\d+))?$/.exec(item) ?? [];
    const [first, last] = rangeOf(range, field, item.includes('/'));
    if (first === undefined || last === undefined || first > last || Number(step) < 1) return undefined;
    if (first < field.from || last > field.to) return undefined;
    for (let value = first; value <= last; value += Number(step)) values.add(value);
  }
  return values;
}

/** A single value with a step goes on to the end. */
function rangeOf(range: string, field: Field, hasStep: boolean): [number | undefined, number | undefined] {
  if (range === '*' || range === '?') return [field.from, field.to];
  const [first, last] = range.split('-').map(text => numberOf(text, field));
  if (range.includes('-')) return [first, last];
  return [first, hasStep ? field.to : first];
}

function numberOf(text: string, {names = []}: Field): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const index = text === '' ? -1 : names.indexOf(text.toLowerCase());
  return index < 0 ? undefined : index;
}

const minute = 60_000;
const horizon = 5 * 366 * 24 * 60 * minute;

/** Goes on by the largest unit that does not match. */
function nextTime(
  time: number,
  {
    minutes,
    hours,
    monthNumbers,
    matchesDay,
  }: {
    minutes: Set<number>;
    hours: Set<number>;
    monthNumbers: Set<number>;
    matchesDay: (date: Date) => boolean;
  },
): number | undefined {
  const date = new Date(Math.floor(time / minute) * minute + minute);
  while (date.getTime() - time < horizon) {
    if (!monthNumbers.has(date.getUTCMonth() + 1)) {
      date.setUTCMonth(date.getUTCMonth() + 1, 1);
      date.setUTCHours(0, 0);
    } else if (!matchesDay(date)) date.setUTCHours(24, 0);
    else if (!hours.has(date.getUTCHours())) date.setUTCMinutes(60);
    else if (!minutes.has(date.getUTCMinutes())) date.setUTCMinutes(date.getUTCMinutes() + 1);
    else return date.getTime();
  }
  return undefined;
}
