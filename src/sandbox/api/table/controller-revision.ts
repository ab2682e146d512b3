import {age} from './age.ts';
import {ageColumn, column, nameColumn, type TableOf} from './table.ts';
import {none} from './text.ts';

export const controllerRevisions: TableOf<'controllerrevisions.apps'> = {
  columns: [nameColumn, column('Controller'), column('Revision'), ageColumn],
  cells: ({metadata, revision}, now) => [
    metadata.name,
    controller(metadata.ownerReferences?.find(owner => owner.controller)),
    revision,
    age(metadata.creationTimestamp, now),
  ],
};

function controller(owner: {apiVersion: string; kind: string; name: string} | undefined): string {
  if (!owner) return none;
  const [group = ''] = owner.apiVersion.includes('/') ? owner.apiVersion.split('/') : [];
  return `${owner.kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${owner.name}`;
}
