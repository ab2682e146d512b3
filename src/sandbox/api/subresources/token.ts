import {randomUUID} from 'node:crypto';
import {invalid, notFound} from '../../status-error.ts';
import {type Answer, created} from '../answer.ts';
import type {Api, NamedCall} from '../api.ts';
import {readObject} from '../read-object.ts';
import {signToken} from '../service-account-token.ts';

const tokenRequest = {group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest'};

/** POST of serviceaccounts/token, which `kubectl create token` asks for. */
export async function createToken(api: Api, call: NamedCall): Promise<Answer> {
  const {type, namespace = '', name, request} = call;
  const {object} = await readObject(request, tokenRequest, 'Ignore');
  const account = api.registry.get('serviceaccounts', namespace, name);
  await api.registry.durable();
  if (!account) throw notFound(type, name);
  const {audiences = [issuer], expirationSeconds = 3600} = (object.spec ?? {}) as Spec;
  if (expirationSeconds < shortest) throw tooShort(expirationSeconds);
  const now = Math.floor(api.clock.now() / 1000);
  const {uid} = account.metadata;
  const token = signToken(
    {
      aud: audiences,
      exp: now + expirationSeconds,
      iat: now,
      iss: issuer,
      jti: randomUUID(),
      nbf: now,
      sub: `system:serviceaccount:${namespace}:${name}`,
      'kubernetes.io': {namespace, serviceaccount: {name, uid}},
    },
    api.secret,
  );
  const time = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000', '');
  return created({
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: {name, namespace, uid, creationTimestamp: time(now)},
    spec: {audiences, expirationSeconds, boundObjectRef: null},
    status: {token, expirationTimestamp: time(now + expirationSeconds)},
  });
}

interface Spec {
  audiences?: string[];
  expirationSeconds?: number;
}

const issuer = 'https://kubernetes.default.svc.cluster.local';
/** Seconds. */
const shortest = 600;

const tooShort = (seconds: number) =>
  invalid({...tokenRequest, resource: 'tokenrequests'}, '', [
    {
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${seconds}: may not specify a duration less than 10 minutes`,
      field: 'spec.expirationSeconds',
    },
  ]);
