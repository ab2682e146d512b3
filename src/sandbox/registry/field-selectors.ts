import type {ResourceId, Stored} from '../objects.ts';
import {badRequest} from '../status-error.ts';
import {commonFields, ownFields} from './fields.ts';

/**
 * Parses what `kubectl --field-selector` takes, e.g. `status.phase!=Running,spec.nodeName=agent-0`, into a test of
 * a resource's objects.
 * @throws StatusError BadRequest, in the words of the real API server
 */
export function parseFieldSelector(resource: ResourceId, text: string): (object: Stored) => boolean {
  const terms = termsOf(text).map(term => parseTerm(text, term));
  const tests = terms.map(({label, negated, value}) => {
    const read = fieldOf(resource, label);
    return (object: Stored) => (`${read(object) ?? ''}` === value) !== negated;
  });
  return object => tests.every(test => test(object));
}

interface Term {
  label: string;
  negated: boolean;
  value: string;
}

/** Between commas; one behind a backslash belongs to a value. */
const termsOf = (text: string): string[] =>
  (text.match(/(?:\\.|[^,\\]|\\$)+/gs) ?? []).filter(term => term !== '');

function parseTerm(selector: string, term: string): Term {
  const [, label, operator, value] = /^(.*?)(!=|==|=)(.*)$/s.exec(term) ?? [];
  if (label === undefined || value === undefined)
    throw badRequest(`invalid selector: '${selector}'; can't understand '${term}'`);
  return {label, negated: operator === '!=', value: unescaped(value)};
}

/** A backslash stands before each backslash, comma and equals sign of a value. */
function unescaped(value: string): string {
  const bare = /(?<=^(?:\\.|[^\\])*?)(?:\\[^\\,=]|\\$)/s.exec(value);
  if (bare) throw badRequest(`invalid field selector: invalid escape sequence: ${bare[0]}`);
  const plain = value.replace(/\\./gs, '');
  const sign = /[,=]/.exec(plain);
  if (sign)
    throw badRequest(`invalid field selector: unescaped character in value: ${sign[0].codePointAt(0)}`);
  return value.replace(/\\(.)/gs, '$1');
}

function fieldOf(resource: ResourceId, label: string) {
  const own = ownFields(resource);
  const fields = own ?? commonFields;
  const read = Object.hasOwn(fields, label) ? fields[label] : undefined;
  if (read) return read;
  throw badRequest(own ? unsupported(resource, label) : notCommon(label));
}

const unsupported = (resource: ResourceId, label: string) =>
  resource === 'jobs.batch'
    ? `field label "${label}" not supported for Job`
    : `field label not supported: ${label}`;

const notCommon = (label: string) => {
  const known = Object.keys(commonFields).map(field => JSON.stringify(field));
  return `${JSON.stringify(label)} is not a known field selector: only ${known.join(', ')}`;
};
