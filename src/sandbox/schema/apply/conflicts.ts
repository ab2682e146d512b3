import {StatusError} from '../../status-error.ts';
import {type FieldSet, intersection, isEmpty, paths} from './field-set.ts';
import type {Manager} from './managers.ts';

/**
 * The refusal of an apply that would change what others manage. Undefined when it does not.
 * @param changes all that would change or come to be
 */
export function conflictWith(others: readonly Manager[], changes: FieldSet): StatusError | undefined {
  const conflicts = others
    .map(manager => ({manager: said(manager), fields: intersection(manager.fields, changes)}))
    .filter(({fields}) => !isEmpty(fields))
    .toSorted((a, b) => (a.manager < b.manager ? -1 : 1))
    .map(({manager, fields}) => ({manager, fields: paths(fields)}));
  const causes = conflicts.flatMap(({manager, fields}) =>
    fields.map(field => ({reason: 'FieldManagerConflict', message: `conflict with ${manager}`, field})),
  );
  const [only] = causes;
  if (!only) return undefined;
  const message =
    causes.length === 1
      ? `1 conflict: ${only.message}: ${only.field}`
      : `${causes.length} conflicts: ${conflicts.map(inLines).join('\n')}`;
  return new StatusError(409, 'Conflict', `Apply failed with ${message}`, {causes});
}

const inLines = ({manager, fields}: {manager: string; fields: string[]}) =>
  [`conflicts with ${manager}:`, ...fields.map(field => `- ${field}`)].join('\n');

function said({name, operation, apiVersion, subresource, time}: Manager): string {
  const who = JSON.stringify(name) + (subresource ? ` with subresource ${JSON.stringify(subresource)}` : '');
  if (operation === 'Apply') return who;
  return `${who} using ${apiVersion}${time === undefined ? '' : ` at ${time}`}`;
}
