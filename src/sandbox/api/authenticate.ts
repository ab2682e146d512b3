import {createHash, timingSafeEqual} from 'node:crypto';
import type {IncomingHttpHeaders} from 'node:http';

/** Who asks. */
export interface User {
  username: string;
  uid?: string;
  groups: readonly string[];
}

/** The user of the kubeconfig. */
const administrator: User = {
  username: 'system:admin',
  groups: ['system:masters', 'system:authenticated'],
};

/** Who sent these headers, by its bearer token; undefined for nobody that is known. */
export type Authenticate = (headers: IncomingHttpHeaders) => User | undefined;

/**
 * @param token the administrator's
 * @param serviceAccount tells whose token of a service account it is
 */
export function authenticator(
  token: string,
  serviceAccount: (token: string) => User | undefined,
): Authenticate {
  const expected = digest(token);
  return headers => {
    const given = /^bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    if (given === undefined) return undefined;
    return timingSafeEqual(digest(given), expected) ? administrator : serviceAccount(given);
  };
}

/** Of one length whatever the token's, so that the comparison tells nothing of it. */
const digest = (token: string) => createHash('sha256').update(token).digest();
