import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';
import type {StatusCause} from '../../status-error.ts';
import {base64Size, validateFrozen, validateKey, validateSize} from './configmaps.ts';
import {invalid, required} from './field-errors.ts';
import {immutable} from './immutable.ts';

type Secret = Of<'secrets'>;

export const secrets: Strategy<Secret> = {
  defaults(secret) {
    secret.type ||= 'Opaque';
    if (!secret.stringData) return;
    // Only for writing: what is read is data.
    secret.data ??= {};
    for (const [key, text] of Object.entries(secret.stringData))
      secret.data[key] = Buffer.from(text).toString('base64');
    delete secret.stringData;
  },
  validate(secret) {
    const {data = {}} = secret;
    return [
      ...Object.keys(data).flatMap(key => validateKey(key, `data[${key}]`)),
      ...validateSize(Object.values(data).map(base64Size), 'data'),
      ...validateType(secret),
    ];
  },
  validateUpdate: (secret, before) => [
    ...immutable('type', secret.type, before.type),
    ...validateFrozen(secret, before, ['data']),
  ],
};

/** The keys that Secrets of a type must have. */
const keysOf: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};

const accountName = 'kubernetes.io/service-account.name';

function validateType({type = '', data = {}, metadata}: Secret): StatusCause[] {
  if (type === 'kubernetes.io/service-account-token')
    return metadata.annotations?.[accountName] ? [] : [required(`metadata.annotations[${accountName}]`, '')];
  // One of the two is enough.
  if (type === 'kubernetes.io/basic-auth')
    return 'username' in data || 'password' in data
      ? []
      : ['username', 'password'].map(key => required(`data[${key}]`, ''));
  return (keysOf[type] ?? []).flatMap(key => {
    const value = data[key];
    if (value === undefined) return [required(`data[${key}]`, '')];
    return key.startsWith('.') ? validateJson(value, `data[${key}]`) : [];
  });
}

function validateJson(base64: string, field: string): StatusCause[] {
  const text = Buffer.from(base64, 'base64').toString();
  try {
    JSON.parse(text);
    return [];
  } catch {
    const first = text.trimStart()[0];
    const said =
      first === undefined
        ? 'unexpected end of JSON input'
        : `invalid character '${first}' looking for beginning of value`;
    return [invalid(field, '<secret contents redacted>', said)];
  }
}
