/** One of the five fields of a cron schedule. */
interface Bounds {
  first: number;
  last: number;
  /** Names that stand for numbers, from `first` on. */
  names?: readonly string[];
}

const fields: readonly Bounds[] = [
  {first: 0, last: 59},
  {first: 0, last: 23},
  {first: 1, last: 31},
  {first: 1, last: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')},
  {first: 0, last: 6, names: 'sun mon tue wed thu fri sat'.split(' ')},
];

const descriptors = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];

/** What is wrong with a cron schedule, in the words of the parser that Kubernetes uses; nothing when it is right. */
export function scheduleProblem(schedule: string): string | undefined {
  if (schedule.startsWith('@'))
    return descriptors.includes(schedule) || schedule.startsWith('@every ')
      ? undefined
      : `unrecognized descriptor: ${schedule}`;
  const words = schedule.trim().split(/\s+/);
  if (words.length !== fields.length)
    return `expected exactly ${fields.length} fields, found ${words.length}: [${words.join(' ')}]`;
  for (const [index, bounds] of fields.entries()) {
    const problem = fieldProblem(words[index] ?? '', bounds);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const fieldProblem = (word: string, bounds: Bounds) =>
  word
    .split(',')
    .map(part => rangeProblem(part, bounds))
    .find(problem => problem !== undefined);

/** A star, `5` or `1-5`, and each with a step, as in `1-5/2`. */
function rangeProblem(range: string, bounds: Bounds): string | undefined {
  const [extent = '', step, ...slashes] = range.split('/');
  const [from = '', to, ...hyphens] = extent.split('-');
  const wildcard = from === '*' || from === '?';
  if (hyphens.length > 0 && !wildcard) return `too many hyphens: ${range}`;
  const first = wildcard ? bounds.first : numberOf(from, bounds);
  if (typeof first === 'string') return first;
  const end = to === undefined || wildcard ? undefined : numberOf(to, bounds);
  if (typeof end === 'string') return end;
  if (slashes.length > 0) return `too many slashes: ${range}`;
  const every = step === undefined ? 1 : numberOf(step, {first: 0, last: 0});
  if (typeof every === 'string') return every;
  const last = end ?? (wildcard || step !== undefined ? bounds.last : first);
  if (first < bounds.first) return `beginning of range (${first}) below minimum (${bounds.first}): ${range}`;
  if (last > bounds.last) return `end of range (${last}) above maximum (${bounds.last}): ${range}`;
  if (first > last) return `beginning of range (${first}) beyond end of range (${last}): ${range}`;
  return every === 0 ? `step of range should be a positive number: ${range}` : undefined;
}

/** A string is what is wrong with it. */
function numberOf(word: string, {first, names = []}: Bounds): number | string {
  const named = names.indexOf(word.toLowerCase());
  if (named >= 0) return first + named;
  if (!/^[+-]?\d+$/.test(word))
    return `failed to parse int from ${word}: strconv.Atoi: parsing "${word}": invalid syntax`;
  const number = Number(word);
  return number < 0 ? `negative number (${number}) not allowed: ${word}` : number;
}
