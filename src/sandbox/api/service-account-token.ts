import {createHmac, timingSafeEqual} from 'node:crypto';
import type {User} from './authenticate.ts';

/** What a token of a service account says, in the names of Kubernetes' own tokens (seconds since the epoch). */
export interface TokenClaims {
  aud: readonly string[];
  exp: number;
  iat: number;
  iss: string;
  jti: string;
  nbf: number;
  sub: string;
  'kubernetes.io': {
    namespace: string;
    serviceaccount: {name: string; uid: string};
    pod?: {name: string; uid: string};
  };
}

/** A JSON web token, signed with a secret that only this server has. */
export function signToken(claims: TokenClaims, secret: string): string {
  const content = `${part({alg: 'HS256', typ: 'JWT'})}.${part(claims)}`;
  return `${content}.${signature(content, secret).toString('base64url')}`;
}

/**
 * Whose token it is; undefined when it was not signed here or has run out.
 * @param now milliseconds since the epoch
 */
export function userOfToken(token: string, secret: string, now: number): User | undefined {
  const [header = '', claims = '', signed = ''] = token.split('.');
  const expected = signature(`${header}.${claims}`, secret);
  const given = Buffer.from(signed, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const {
    exp,
    sub,
    'kubernetes.io': kubernetes,
  }: TokenClaims = JSON.parse(Buffer.from(claims, 'base64url').toString());
  if (exp * 1000 <= now) return undefined;
  return {
    username: sub,
    uid: kubernetes.serviceaccount.uid,
    groups: [
      'system:serviceaccounts',
      `system:serviceaccounts:${kubernetes.namespace}`,
      'system:authenticated',
    ],
  };
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signature = (content: string, secret: string) => createHmac('sha256', secret).update(content).digest();
