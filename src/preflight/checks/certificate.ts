import type {Check} from '../check.ts';
import type {Facts, Validity} from '../facts.ts';
import {type CertificateOwner, type Finding, ok, stop} from '../finding.ts';
import {everyLab, revive} from '../place.ts';

/** Are the certificates of the API server and of the user valid now? */
export const certificate: Check = facts => {
  const {cluster} = facts;
  const server = cluster && 'server' in cluster ? cluster.server : undefined;
  const known = Object.entries({server: server?.certificate, user: server?.clientCertificate}) as [
    CertificateOwner,
    Validity | undefined,
  ][];
  const given = known.flatMap(([whose, validity]) => (validity ? [{whose, ...validity}] : []));
  const bad = given.flatMap(one => refused(one, facts));
  if (bad.length > 0 || given.length === 0) return bad;
  return [ok('certificate', 'certificate-valid', {until: Math.min(...given.map(({until}) => until))})];
};

function refused({whose, state, from, until}: Validity & {whose: CertificateOwner}, facts: Facts): Finding[] {
  const more = {labs: everyLab(facts), mend: state === 'expired' ? revive(facts) : []};
  if (state === 'valid') return [];
  return state === 'expired'
    ? [stop('certificate', 'certificate-expired', {whose, at: until}, more)]
    : [stop('certificate', 'certificate-not-yet', {whose, at: from}, more)];
}
