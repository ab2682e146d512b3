import {createHash, generateKeyPairSync, type KeyObject, randomBytes, sign} from 'node:crypto';
import {
  bits,
  boolean,
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octets,
  sequence,
  set,
  time,
  utf8,
} from './der.ts';

/** What the server shows to its clients, and what they know it by. All of PEM. */
export interface Certificates {
  /** The sandbox's own certificate authority. */
  authority: string;
  certificate: string;
  key: string;
  /** When the first of the certificates runs out: milliseconds since the epoch. */
  expiresAt: number;
}

/**
 * A certificate authority of its own and the server's certificate by it, both for a year (ECDSA P-256). The
 * authority's key is thrown away: nothing else is ever issued.
 *
 * @param now milliseconds since the epoch
 */
export function issueCertificates(now: number): Certificates {
  const notBefore = now - clockSkew;
  const notAfter = now + year;
  const authority = generateKeyPairSync('ec', {namedCurve: 'P-256'});
  const server = generateKeyPairSync('ec', {namedCurve: 'P-256'});
  // The time makes a renewed authority another one for clients that remember the old one's name.
  const issuer = `sandbox-ca@${Math.floor(now / 1000)}`;
  const common = {issuer, notBefore, notAfter, signer: authority.privateKey};
  return {
    authority: certificate({
      ...common,
      subject: issuer,
      publicKey: authority.publicKey,
      extensions: [
        extension(basicConstraints, sequence(boolean(true)), 'critical'),
        extension(keyUsage, bits(Buffer.of(digitalSignature | keyCertSign), 2), 'critical'),
        extension(subjectKeyIdentifier, octets(keyIdentifier(authority.publicKey))),
      ],
    }),
    certificate: certificate({
      ...common,
      subject: 'kube-apiserver',
      publicKey: server.publicKey,
      extensions: [
        extension(keyUsage, bits(Buffer.of(digitalSignature), 7), 'critical'),
        extension(extendedKeyUsage, sequence(objectIdentifier(serverAuthentication))),
        extension(authorityKeyIdentifier, sequence(implicit(0, keyIdentifier(authority.publicKey)))),
        extension(subjectAlternativeName, sequence(...names.map(dnsName), ...addresses.map(ipAddress))),
      ],
    }),
    key: server.privateKey.export({type: 'pkcs8', format: 'pem'}).toString(),
    expiresAt: notAfter,
  };
}

interface Request {
  subject: string;
  issuer: string;
  notBefore: number;
  notAfter: number;
  publicKey: KeyObject;
  signer: KeyObject;
  extensions: Buffer[];
}

/** RFC 5280, section 4.1. */
function certificate({subject, issuer, notBefore, notAfter, publicKey, signer, extensions}: Request): string {
  const algorithm = sequence(objectIdentifier(ecdsaWithSha256));
  const version3 = explicit(0, integer(Buffer.of(2)));
  const serial = integer(Buffer.concat([Buffer.of(1), randomBytes(15)]));
  const content = sequence(
    version3,
    serial,
    algorithm,
    commonName(issuer),
    sequence(time(notBefore), time(notAfter)),
    commonName(subject),
    publicKey.export({type: 'spki', format: 'der'}),
    explicit(3, sequence(...extensions)),
  );
  const signed = sequence(content, algorithm, bits(sign('sha256', content, signer)));
  const lines = signed.toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

const commonName = (name: string) => sequence(set(sequence(objectIdentifier('2.5.4.3'), utf8(name))));
const dnsName = (name: string) => implicit(2, Buffer.from(name));
const ipAddress = (address: string) => implicit(7, Buffer.from(address.split('.').map(Number)));
const keyIdentifier = (key: KeyObject) =>
  createHash('sha1')
    .update(key.export({type: 'spki', format: 'der'}))
    .digest();
const extension = (id: string, value: Buffer, critical?: 'critical') =>
  sequence(objectIdentifier(id), ...(critical ? [boolean(true)] : []), octets(value));

const ecdsaWithSha256 = '1.2.840.10045.4.3.2';
const basicConstraints = '2.5.29.19';
const keyUsage = '2.5.29.15';
const extendedKeyUsage = '2.5.29.37';
const subjectAlternativeName = '2.5.29.17';
const subjectKeyIdentifier = '2.5.29.14';
const authorityKeyIdentifier = '2.5.29.35';
const serverAuthentication = '1.3.6.1.5.5.7.3.1';
const digitalSignature = 0x80;
const keyCertSign = 0x04;

const year = 365 * 24 * 3_600_000;
/** The clock of a client in a virtual machine may be behind. */
const clockSkew = 3_600_000;

const names = [
  'localhost',
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  'kubernetes.default.svc.cluster.local',
];
const addresses = ['127.0.0.1', '10.43.0.1'];
