import {age} from './age.ts';
import {limited} from './limited.ts';
import {ageColumn, column, nameColumn, type TableOf} from './table.ts';
import {unset} from './text.ts';

export const endpointSlices: TableOf<'endpointslices.discovery.k8s.io'> = {
  columns: [nameColumn, column('AddressType'), column('Ports'), column('Endpoints'), ageColumn],
  cells: ({metadata, addressType, ports, endpoints}, now) => [
    metadata.name,
    addressType,
    portsText(ports ?? []),
    endpoints?.length ? limited(endpoints.flatMap(({addresses}) => addresses)) : unset,
    age(metadata.creationTimestamp, now),
  ],
};

type Slice = Parameters<typeof endpointSlices.cells>[0];

function portsText(ports: NonNullable<Slice['ports']>): string {
  if (ports.length === 0) return unset;
  return limited(ports.map(({port}) => (port === undefined ? '*' : String(port))));
}
