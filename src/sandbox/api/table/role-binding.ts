import type {RoleBinding} from 'kubernetes-types/rbac/v1.d.ts';
import type {Stored} from '../../objects.ts';
import {age} from './age.ts';
import {ageColumn, column, nameColumn, type Table, wide} from './table.ts';

/** Of RoleBindings and ClusterRoleBindings. */
export const roleBindings: Table<Stored<RoleBinding>> = {
  columns: [nameColumn, column('Role'), ageColumn, wide('Users'), wide('Groups'), wide('ServiceAccounts')],
  cells: ({metadata, roleRef, subjects = []}, now) => {
    const named = (wanted: string) => subjects.filter(({kind}) => kind === wanted);
    const accounts = named('ServiceAccount').map(({namespace, name}) => `${namespace}/${name}`);
    return [
      metadata.name,
      `${roleRef.kind}/${roleRef.name}`,
      age(metadata.creationTimestamp, now),
      named('User')
        .map(({name}) => name)
        .join(', '),
      named('Group')
        .map(({name}) => name)
        .join(', '),
      accounts.join(', '),
    ];
  },
};
