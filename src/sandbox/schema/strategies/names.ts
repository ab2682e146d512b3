/** Checks of names. Each returns what is wrong, in Kubernetes' words; nothing when the name is right. */
type Check = (value: string) => string[];

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;
const qualified = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const labelValue = `(${qualified})?`;

/** A container, a volume, a namespace. */
export const dnsLabel: Check = value => [
  ...tooLong(value, 63),
  ...unless(
    matches(label, value),
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end " +
      `with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${label}')`,
  ),
];

/** Nearly everything else. */
export const dnsSubdomain: Check = value => [
  ...tooLong(value, 253),
  ...unless(
    matches(subdomain, value),
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start " +
      `and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${subdomain}')`,
  ),
];

const serviceName = '[a-z]([-a-z0-9]*[a-z0-9])?';

/** A Service, whose name must not begin with a digit. */
export const dns1035Label: Check = value => [
  ...tooLong(value, 63),
  ...unless(
    matches(serviceName, value),
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, " +
      "and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is " +
      `'${serviceName}')`,
  ),
];

/** A label's or annotation's key, a finalizer: a name, with a domain and a slash before it or not. */
export const qualifiedName: Check = value => {
  const parts = value.split('/');
  const [prefix, name] = parts.length === 1 ? [undefined, value] : parts;
  if (parts.length > 2 || name === undefined)
    return [
      `a valid label key ${qualifiedForm} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  return [
    ...(prefix === undefined ? [] : checkPrefix(prefix)),
    ...unless(name !== '', 'name part must be non-empty'),
    ...tooLong(name, 63).map(said => `name part ${said}`),
    ...unless(matches(qualified, name), `name part ${qualifiedForm}`),
  ];
};

const qualifiedForm =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  `(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${qualified}')`;

const checkPrefix: Check = prefix =>
  prefix === '' ? ['prefix part must be non-empty'] : dnsSubdomain(prefix).map(said => `prefix part ${said}`);

export const labelValueProblems: Check = value => [
  ...tooLong(value, 63),
  ...unless(
    matches(labelValue, value),
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start " +
      "and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for " +
      `validation is '${labelValue}')`,
  ),
];

const configKeyForm = '[-._a-zA-Z0-9]+';

/** A key of a ConfigMap or Secret: it becomes a file's name. */
export const configKey: Check = value => [
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
export const portName: Check = value => [
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
export const envName: Check = value =>
  unless(
    /^[ -<>-~]+$/.test(value),
    "a valid environment variable name must consist only of printable ASCII characters other than '='",
  );

const tooLong = (value: string, most: number) =>
  unless(Buffer.byteLength(value) <= most, `must be no more than ${most} bytes`);

const unless = (right: boolean, said: string) => (right ? [] : [said]);

const matches = (pattern: string, value: string) => new RegExp(`^(?:${pattern})$`).test(value);
