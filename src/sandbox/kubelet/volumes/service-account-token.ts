import {createHmac, randomBytes, randomUUID} from 'node:crypto';
import type {SandboxClock} from '../../clock.ts';
import type {Of} from '../../objects.ts';

const key = randomBytes(32);

/** A token that looks like the real one and is good for nothing: no program of the sandbox talks to the API. */
export function serviceAccountToken(
  {metadata, spec}: Of<'pods'>,
  clock: SandboxClock,
  {expirationSeconds, node, audience = 'https://kubernetes.default.svc.cluster.local'}: TokenRequest,
): string {
  const issued = Math.floor(clock.now() / 1000);
  const account = spec?.serviceAccountName ?? 'default';
  const payload = {
    aud: [audience],
    exp: issued + expirationSeconds,
    iat: issued,
    iss: 'https://kubernetes.default.svc.cluster.local',
    jti: randomUUID(),
    'kubernetes.io': {
      namespace: metadata.namespace,
      node: {name: node},
      pod: {name: metadata.name, uid: metadata.uid},
      serviceaccount: {name: account},
    },
    nbf: issued,
    sub: `system:serviceaccount:${metadata.namespace}:${account}`,
  };
  const signed = `${encoded({alg: 'HS256', typ: 'JWT'})}.${encoded(payload)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

export interface TokenRequest {
  expirationSeconds: number;
  node: string;
  audience?: string;
}

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
