import {closest, distance} from 'fastest-levenshtein';
import type {z} from 'zod';
import type {Path} from './yaml.ts';

type Issue = z.core.$ZodIssue;

/** What is wrong at one place, in plain English. */
export interface Finding {
  path: Path;
  message: string;
}

/** zod's issues as sentences. The value must have been parsed with `reportInput`, for "is missing". */
export const sayIssues = (issues: readonly Issue[], around: Path = []): Finding[] =>
  issues.flatMap(issue => sayIssue(issue, [...around, ...issue.path]));

function sayIssue(issue: Issue, path: Path): Finding[] {
  switch (issue.code) {
    case 'invalid_type':
      return [
        {path, message: missing(issue) ?? `must be ${nameOf(issue.expected)}, is ${describe(issue.input)}`},
      ];
    case 'invalid_value':
      return [{path, message: missing(issue) ?? sayChoice(issue.values.map(String), issue.input)}];
    case 'unrecognized_keys':
      return issue.keys.map(key => ({path: [...path, key], message: 'is not a known key here'}));
    case 'invalid_format':
      return [{path, message: `must be ${issue.message}, is "${String(issue.input)}"`}];
    case 'invalid_key':
      return issue.issues
        .flatMap(inner => sayIssue(inner, path))
        .map(({message}) => ({path, message: `as a key ${message}`}));
    case 'invalid_union':
      return sayUnion(issue, path);
    case 'too_small':
      return [
        {
          path,
          message: `must ${amount(issue.origin, issue.inclusive ? 'at least' : 'more than', issue.minimum)}`,
        },
      ];
    case 'too_big':
      return [
        {
          path,
          message: `must ${amount(issue.origin, issue.inclusive ? 'at most' : 'less than', issue.maximum)}`,
        },
      ];
    default:
      return [{path, message: issue.message}];
  }
}

const missing = (issue: Issue) => (issue.input === undefined ? 'is missing' : undefined);

const names: Record<string, string> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};
const nameOf = (type: string) => names[type] ?? type;

function describe(input: unknown): string {
  if (input === null) return 'empty';
  if (Array.isArray(input)) return 'a list';
  return typeof input === 'object' ? 'a map' : `${nameOf(typeof input)} (${String(input)})`;
}

function sayChoice(values: string[], input: unknown): string {
  const [only] = values;
  const is = typeof input === 'object' ? describe(input) : `"${String(input)}"`;
  if (values.length === 1) return `must be "${only}", is ${is}`;
  const near = closest(String(input), values);
  const guess = distance(String(input), near) <= 3 ? `; did you mean "${near}"?` : '';
  return `must be one of ${values.join(', ')}, is ${is}${guess}`;
}

function amount(origin: string, atLeast: string, limit: number | bigint): string {
  const be = origin === 'array' || origin === 'string' ? 'have' : 'be';
  const unit = {array: ' items', string: ' characters'}[origin] ?? '';
  return `${be} ${atLeast} ${limit}${limit === 1 ? unit.replace(/s$/, '') : unit}`;
}

/**
 * A union reports what is wrong with each of its alternatives. Said is what is wrong with the one that
 * was meant: the one that fits at this place and fails, if at all, further within.
 */
function sayUnion(issue: Extract<Issue, {code: 'invalid_union'}>, path: Path): Finding[] {
  if (issue.input === undefined) return [{path, message: 'is missing'}];
  const errors = ofFittingType(flat(issue.errors));
  const meant = errors.filter(alternative => alternative.every(inner => !isHere(inner)));
  const [best] = meant.toSorted((a, b) => a.length - b.length);
  if (best) return sayIssues(best, path);
  const types = errors.flat().flatMap(typeHere);
  if (types.length > 0)
    return [{path, message: `must be ${[...new Set(types)].join(' or ')}, is ${describe(issue.input)}`}];
  return [{path, message: `must have exactly one of the keys ${keysOf(errors).join(', ')}`}];
}

/** The alternatives of a union that is itself an alternative are alternatives as well. */
const flat = (alternatives: Issue[][]): Issue[][] =>
  alternatives.flatMap(issues => {
    const [only, ...others] = issues;
    const isUnion = only?.code === 'invalid_union' && only.path.length === 0 && others.length === 0;
    return isUnion ? flat(only.errors) : [issues];
  });

/** Where some alternatives are of the type that was given, the others were not meant. */
function ofFittingType(alternatives: Issue[][]): Issue[][] {
  const fitting = alternatives.filter(issues => issues.flatMap(typeHere).length === 0);
  return fitting.length > 0 ? fitting : alternatives;
}

const isHere = (issue: Issue) => issue.path.length === 0 && issue.code !== 'custom';

const typeHere = (issue: Issue): string[] =>
  issue.code === 'invalid_type' && issue.path.length === 0 ? [nameOf(issue.expected)] : [];

/** The keys that tell alternatives apart: some alternative lacks or knows them. */
function keysOf(alternatives: Issue[][]): string[] {
  const unknown = alternatives.map(issues =>
    issues.flatMap(issue =>
      issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [],
    ),
  );
  const lacking = alternatives
    .flat()
    .flatMap(issue => (issue.path.length > 0 ? [String(issue.path[0])] : []));
  const known = unknown.flat().filter(key => !unknown.every(keys => keys.includes(key)));
  return [...new Set([...lacking, ...known])].sort();
}
