import type {IngressClass} from 'kubernetes-types/networking/v1.d.ts';
import type {Stored} from '../../objects.ts';
import {age} from './age.ts';
import {ageColumn, column, nameColumn, type Table} from './table.ts';
import {none} from './text.ts';

export const ingressClasses: Table<Stored<IngressClass>> = {
  columns: [nameColumn, column('Controller'), column('Parameters'), ageColumn],
  cells: ({metadata, spec}, now) => [
    metadata.name,
    spec?.controller ?? '',
    parameters(spec),
    age(metadata.creationTimestamp, now),
  ],
};

function parameters(spec: IngressClass['spec']): string {
  if (!spec?.parameters) return none;
  const {apiGroup, kind, name} = spec.parameters;
  return `${kind}${apiGroup ? `.${apiGroup}` : ''}/${name}`;
}
