import type {CertificateSigningRequest} from 'kubernetes-types/certificates/v1.d.ts';
import type {Stored} from '../../objects.ts';
import {age, duration} from './age.ts';
import {ageColumn, column, nameColumn, type Table} from './table.ts';
import {none} from './text.ts';

type Request = Stored<CertificateSigningRequest> & {spec: {expirationSeconds?: number}};

export const certificateSigningRequests: Table<Request> = {
  columns: [
    nameColumn,
    ageColumn,
    column('SignerName'),
    column('Requestor'),
    column('RequestedDuration'),
    column('Condition'),
  ],
  cells: ({metadata, spec, status}, now) => [
    metadata.name,
    age(metadata.creationTimestamp, now),
    spec.signerName,
    spec.username ?? '',
    spec.expirationSeconds === undefined ? none : duration(spec.expirationSeconds * 1000),
    condition(status),
  ],
};

function condition(status: CertificateSigningRequest['status']): string {
  const types = (status?.conditions ?? []).map(({type}) => type);
  const said = ['Approved', 'Denied', 'Failed'].filter(type => types.includes(type));
  if (said.length === 0) said.push('Pending');
  return [...said, ...(status?.certificate ? ['Issued'] : [])].join(',');
}
