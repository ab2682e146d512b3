/**
 * What Kubernetes says of names, keys and values that break its rules. Each gives the sentences that follow
 * `Invalid value: "…": `, and none when the value is right.
 */
export type NameRule = (name: string) => string[];

const subdomain = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const label1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const qualifiedPart = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const labelValuePart = `(${qualifiedPart})?`;
const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`);

const subdomainText = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${subdomain}')`;
const labelText = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${label}')`;
const label1035Text = `a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '${label1035}')`;
const qualifiedText = `must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${qualifiedPart}')`;
const labelValueText = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '${labelValuePart}')`;

/** Most kinds: ConfigMaps, Pods, Deployments, nodes… */
export const dnsSubdomain = pattern(subdomain, subdomainText, 253, 'characters');

const plainLabel = pattern(label, labelText, 63, 'characters');
/** Namespaces. */
export const dnsLabel: NameRule = name => (name.includes('.') ? ['must not contain dots'] : plainLabel(name));

/** Services before 1.34, and names of ports. */
export const dns1035Label = pattern(label1035, label1035Text, 63, 'characters');

/** Roles and their bindings: whatever a URL can carry. */
export const pathSegment: NameRule = name => {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return ['/', '%'].filter(part => name.includes(part)).map(part => `may not contain '${part}'`);
};

export const labelValue = pattern(labelValuePart, labelValueText, 63, 'bytes');

/** Keys of labels and annotations, and finalizers: `name` or `prefix/name`. */
export const qualifiedName: NameRule = key => {
  const parts = key.split('/');
  if (parts.length > 2)
    return [
      `a valid label key ${qualifiedText} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  const name = parts.at(-1) ?? '';
  const prefix = parts.length === 2 ? parts[0] : undefined;
  return [...(prefix === undefined ? [] : prefixMessages(prefix)), ...namePartMessages(name)];
};

function prefixMessages(prefix: string): string[] {
  if (prefix === '') return ['prefix part must be non-empty'];
  return dnsSubdomain(prefix).map(message => `prefix part ${message}`);
}

function namePartMessages(name: string): string[] {
  const messages: string[] = [];
  if (name === '') messages.push('name part must be non-empty');
  if (Buffer.byteLength(name) > 63) messages.push('name part must be no more than 63 bytes');
  if (!whole(qualifiedPart).test(name)) messages.push(`name part ${qualifiedText}`);
  return messages;
}

function pattern(source: string, text: string, limit: number, unit: 'characters' | 'bytes'): NameRule {
  const regex = whole(source);
  return name => [
    ...(Buffer.byteLength(name) > limit ? [`must be no more than ${limit} ${unit}`] : []),
    ...(regex.test(name) ? [] : [text]),
  ];
}
