import {age} from './age.ts';
import {limited} from './limited.ts';
import {ageColumn, column, nameColumn, type TableOf} from './table.ts';

export const endpoints: TableOf<'endpoints'> = {
  columns: [nameColumn, column('Endpoints'), ageColumn],
  cells: ({metadata, subsets = []}, now) => [
    metadata.name,
    limited(
      subsets.flatMap(({addresses = [], ports}) =>
        ports === undefined
          ? addresses.map(({ip}) => ip)
          : ports.flatMap(({port}) => addresses.map(({ip}) => `${ip}:${port}`)),
      ),
    ),
    age(metadata.creationTimestamp, now),
  ],
};
