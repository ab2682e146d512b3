import {
  addInterval,
  dateText,
  dateTimeText,
  dayName,
  dayOfYear,
  difference,
  formatDate,
  monthName,
  parseDate,
  parseTime,
  parseWithFormat,
  timeText,
  week,
} from '../dates.ts';
import type {Value} from '../values.ts';
import {type Implementations, string} from './conversions.ts';

/** Of dates and times. */
export const dateFunctions: Implementations = {
  date: value => onDate(value, dateText),
  timestamp: value => onDate(value, time => dateTimeText(time)),
  time: value => (parseTime(value) === null ? null : timeText(parseTime(value) ?? 0)),
  date_add: (value, amount, unit) => addInterval(value, amount, string(unit)),
  date_sub: (value, amount, unit) =>
    addInterval(value, typeof amount === 'string' ? `-${amount}` : -Number(amount), string(unit)),
  datediff: (one, other) =>
    onDate(one, first => onDate(other, second => Math.floor(first / 864e5) - Math.floor(second / 864e5))),
  timestampdiff: (unit, from, to) => difference(string(unit), from, to),
  timediff: (one, other) => onDate(one, first => onDate(other, second => timeText((first - second) / 1000))),
  date_format: (value, format) => onDate(value, time => formatDate(time, string(format))),
  time_format: (value, format) => {
    const seconds = parseTime(value);
    return seconds === null ? null : formatDate(seconds * 1000, string(format));
  },
  str_to_date: (value, format) => parseWithFormat(string(value), string(format)),
  extract: (unit, value) => extract(string(unit), value),
  weekday: value => onDate(value, time => (new Date(time).getUTCDay() + 6) % 7),
  dayofweek: value => onDate(value, time => new Date(time).getUTCDay() + 1),
  dayofyear: value => onDate(value, dayOfYear),
  dayname: value => onDate(value, dayName),
  monthname: value => onDate(value, monthName),
  weekofyear: value => onDate(value, time => week(time, 3)),
  week: (value, mode) => onDate(value, time => week(time, Number(mode ?? 0))),
  last_day: value =>
    onDate(value, time =>
      dateText(Date.UTC(new Date(time).getUTCFullYear(), new Date(time).getUTCMonth() + 1, 0)),
    ),
  makedate: (year, day) => dateText(Date.UTC(Number(year), 0, Number(day))),
  to_days: value => onDate(value, time => Math.floor(time / 864e5) + 719_528),
  from_unixtime: (seconds, format) =>
    format === undefined
      ? dateTimeText(Number(seconds) * 1000)
      : formatDate(Number(seconds) * 1000, string(format)),
  time_to_sec: value => parseTime(value),
  sec_to_time: value => timeText(Number(value)),
};

const onDate = (value: Value, use: (time: number) => Value): Value => {
  const time = parseDate(value);
  return time === null ? null : use(time);
};

function extract(unit: string, value: Value): Value {
  const seconds = parseTime(value);
  if (unit === 'hour') return seconds === null ? onDate(value, () => 0) : Math.floor(seconds / 3600);
  if (unit === 'minute') return seconds === null ? onDate(value, () => 0) : Math.floor(seconds / 60) % 60;
  if (unit === 'second') return seconds === null ? onDate(value, () => 0) : seconds % 60;
  return onDate(value, time => {
    const date = new Date(time);
    if (unit === 'year') return date.getUTCFullYear();
    if (unit === 'quarter') return Math.floor(date.getUTCMonth() / 3) + 1;
    if (unit === 'month') return date.getUTCMonth() + 1;
    if (unit === 'week') return week(time);
    if (unit === 'year_month') return date.getUTCFullYear() * 100 + date.getUTCMonth() + 1;
    return unit === 'microsecond' ? date.getUTCMilliseconds() * 1000 : date.getUTCDate();
  });
}
