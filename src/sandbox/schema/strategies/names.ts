import type {NameRule} from '../../registry/names.ts';

const configKeyForm = '[-._a-zA-Z0-9]+';

/** A key of a ConfigMap or Secret: it becomes a file's name. */
export const configKey: NameRule = value => [
  ...tooLong(value, 253),
  ...unless(
    matches(configKeyForm, value),
    "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  " +
      `or 'key-name', regex used for validation is '${configKeyForm}')`,
  ),
  ...(value === '.' || value === '..'
    ? [`must not be '${value}'`]
    : unless(!value.startsWith('..'), "must not start with '..'")),
];

/** A port's name, as probes and Services use it. */
export const portName: NameRule = value => [
  ...unless(value.length <= 15, 'must be no more than 15 characters'),
  ...unless(
    matches('[-a-z0-9]+', value),
    'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
  ),
  ...unless(/[a-z]/.test(value), 'must contain at least one letter (a-z)'),
  ...unless(!value.includes('--'), 'must not contain consecutive hyphens'),
  ...unless(!value.startsWith('-') && !value.endsWith('-'), 'must not begin or end with a hyphen'),
];

/** An environment variable's name. */
export const envName: NameRule = value =>
  unless(
    /^[ -<>-~]+$/.test(value),
    "a valid environment variable name must consist only of printable ASCII characters other than '='",
  );

const tooLong = (value: string, most: number) =>
  unless(Buffer.byteLength(value) <= most, `must be no more than ${most} bytes`);

const unless = (right: boolean, said: string) => (right ? [] : [said]);

const matches = (pattern: string, value: string) => new RegExp(`^(?:${pattern})$`).test(value);
