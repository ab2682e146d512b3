/** Dates and times as MySQL writes them: text, in UTC. All functions answer null to what is no date. */

const pattern =
  /^\s*(\d{1,4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2})(\.\d{1,6})?)?)?\s*$/;

/** Milliseconds since the epoch. */
export function parseDate(value: unknown): number | null {
  const match = pattern.exec(compact(String(value ?? '')));
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1, 7).map(Number);
  const fraction = Math.round(Number(match[7] ?? 0) * 1000);
  const time = Date.UTC(year, month - 1, day, hours || 0, minutes || 0, seconds || 0, fraction);
  const date = new Date(time);
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && (hours || 0) < 24;
  return real ? time : null;
}

/** 20240203 and 20240203040506 are dates, too. */
const compact = (value: string) =>
  value
    .replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')
    .replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3 $4:$5:$6');

export const dateText = (time: number) => new Date(time).toISOString().slice(0, 10);
export const dateTimeText = (time: number, digits = 0) =>
  new Date(time).toISOString().replace('T', ' ').slice(0, 19) +
  (digits > 0
    ? `.${String(time % 1000)
        .padStart(3, '0')
        .padEnd(6, '0')
        .slice(0, digits)}`
    : '');

/** Seconds of a time of day or a duration. */
export function parseTime(value: unknown): number | null {
  const match = /(-?)(\d{1,3}):(\d\d)(?::(\d\d))?(?:\.\d+)?$/.exec(String(value ?? ''));
  if (!match) return null;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  return match[1] === '-' ? -seconds : seconds;
}

export function timeText(seconds: number): string {
  const total = Math.abs(Math.trunc(seconds));
  const parts = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  return (seconds < 0 ? '-' : '') + parts.map(part => String(part).padStart(2, '0')).join(':');
}

/** Adds an interval; a whole day in a date stays a date. */
export function addInterval(value: unknown, amount: unknown, unit: string): string | null {
  const time = parseDate(value);
  if (time === null || amount === null) return null;
  const wholeDay = !String(value).includes(':');
  const moved = addUnits(time, amount, unit);
  const calendar = /^(day|week|month|quarter|year)$/.test(unit);
  return wholeDay && calendar ? dateText(moved) : dateTimeText(moved);
}

const unitSeconds: Readonly<Record<string, number>> = {
  microsecond: 1e-6,
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
};
const unitMonths: Readonly<Record<string, number>> = {month: 1, quarter: 3, year: 12};

function addUnits(time: number, amount: unknown, unit: string): number {
  if (unit.includes('_')) return addCompound(time, String(amount), unit);
  const months = unitMonths[unit];
  if (months === undefined) return time + Number(amount) * (unitSeconds[unit] ?? 0) * 1000;
  const date = new Date(time);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + Math.round(Number(amount)) * months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}

/** e.g. '1:30' HOUR_MINUTE: the last number belongs to the unit after the underscore. */
function addCompound(time: number, amount: string, unit: string): number {
  const order = ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond'];
  const last = order.indexOf(unit.slice(unit.indexOf('_') + 1));
  const numbers = (amount.match(/\d+/g) ?? []).map(Number).toReversed();
  const sign = amount.trim().startsWith('-') ? -1 : 1;
  return numbers.reduce(
    (moved, number, index) => addUnits(moved, sign * number, order[last - index] ?? ''),
    time,
  );
}

/** Whole units from one date to another. */
export function difference(unit: string, from: unknown, to: unknown): number | null {
  const [start, end] = [parseDate(from), parseDate(to)];
  if (start === null || end === null) return null;
  const months = unitMonths[unit];
  if (months === undefined) return Math.trunc((end - start) / 1000 / (unitSeconds[unit] ?? 1));
  const [first, second] = [new Date(Math.min(start, end)), new Date(Math.max(start, end))];
  const calendar =
    (second.getUTCFullYear() - first.getUTCFullYear()) * 12 + second.getUTCMonth() - first.getUTCMonth();
  const whole = addUnits(first.getTime(), calendar, 'month') > second.getTime() ? calendar - 1 : calendar;
  return Math.trunc(whole / months) * (end < start ? -1 : 1) || 0;
}

const monthNames = 'January February March April May June July August September October November December';
const dayNames = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday';
const pad = (value: number, width = 2) => String(value).padStart(width, '0');

export const monthName = (time: number) => monthNames.split(' ')[new Date(time).getUTCMonth()] ?? '';
export const dayName = (time: number) => dayNames.split(' ')[new Date(time).getUTCDay()] ?? '';
export const dayOfYear = (time: number) =>
  Math.floor((time - Date.UTC(new Date(time).getUTCFullYear(), 0, 1)) / 86_400_000) + 1;

/** The week of the year: from Sundays in mode 0, ISO's in mode 3 (and 1). */
export function week(time: number, mode = 0): number {
  const date = new Date(time);
  if (mode === 1 || mode === 3) {
    const thursday = new Date(time + (3 - ((date.getUTCDay() + 6) % 7)) * 86_400_000);
    return Math.ceil(dayOfYear(thursday.getTime()) / 7);
  }
  return Math.floor((dayOfYear(time) + 6 - date.getUTCDay()) / 7);
}

/** DATE_FORMAT's letters. */
const formats: Readonly<Record<string, (date: Date, time: number) => string>> = {
  a: (_, time) => dayName(time).slice(0, 3),
  b: (_, time) => monthName(time).slice(0, 3),
  c: date => String(date.getUTCMonth() + 1),
  d: date => pad(date.getUTCDate()),
  e: date => String(date.getUTCDate()),
  f: date => `${pad(date.getUTCMilliseconds(), 3)}000`,
  H: date => pad(date.getUTCHours()),
  h: date => pad(date.getUTCHours() % 12 || 12),
  I: date => pad(date.getUTCHours() % 12 || 12),
  i: date => pad(date.getUTCMinutes()),
  j: (_, time) => pad(dayOfYear(time), 3),
  k: date => String(date.getUTCHours()),
  l: date => String(date.getUTCHours() % 12 || 12),
  M: (_, time) => monthName(time),
  m: date => pad(date.getUTCMonth() + 1),
  p: date => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  r: (date, time) => `${formatDate(time, '%h:%i:%s')} ${date.getUTCHours() < 12 ? 'AM' : 'PM'}`,
  S: date => pad(date.getUTCSeconds()),
  s: date => pad(date.getUTCSeconds()),
  T: date => date.toISOString().slice(11, 19),
  U: (_, time) => pad(week(time)),
  u: (_, time) => pad(week(time, 1)),
  v: (_, time) => pad(week(time, 3)),
  W: (_, time) => dayName(time),
  w: date => String(date.getUTCDay()),
  Y: date => pad(date.getUTCFullYear(), 4),
  y: date => pad(date.getUTCFullYear() % 100),
};

export const formatDate = (time: number, format: string): string =>
  format.replace(/%(.)/g, (_, letter: string) => formats[letter]?.(new Date(time), time) ?? letter);

/** STR_TO_DATE for the letters that are numbers or month names. */
export function parseWithFormat(value: string, format: string): string | null {
  const letters: string[] = [];
  const source = format.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/%(.)/g, (_, letter: string) => {
    letters.push(letter);
    return letter === 'b' || letter === 'M' ? '([A-Za-z]+)' : letter === 'Y' ? '(\\d{4})' : '(\\d{1,2})';
  });
  const match = new RegExp(`^${source}`).exec(value);
  if (!match) return null;
  const found = new Map(letters.map((letter, index) => [letter, match[index + 1] ?? '']));
  const read = (...names: string[]) => names.map(name => found.get(name)).find(part => part !== undefined);
  const named = monthNames.toLowerCase().split(' ');
  const word = read('M', 'b')?.toLowerCase();
  const month = word === undefined ? read('m', 'c') : named.findIndex(name => name.startsWith(word)) + 1;
  const year = read('Y') ?? (found.has('y') ? `20${pad(Number(read('y')))}` : undefined);
  const clock = [read('H', 'h', 'k', 'I', 'l'), read('i'), read('s', 'S')]
    .map(part => pad(Number(part ?? 0)))
    .join(':');
  const day = read('d', 'e');
  const timed = /%[HhkIlisS]/.test(format);
  if (year === undefined && timed) return clock;
  const date = `${pad(Number(year ?? 0), 4)}-${pad(Number(month ?? 0))}-${pad(Number(day ?? 0))}`;
  return parseDate(date) === null ? null : timed ? `${date} ${clock}` : date;
}
