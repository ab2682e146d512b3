import {kinds, messages} from './messages.ts';

/** A message's fields by number; a field of the name `.` holds fields of the outer message. */
export type MessageType = ReadonlyMap<number, FieldType>;

export interface FieldType {
  name: string;
  /** A list: the field comes once for each item. */
  repeated: boolean;
  /** From strings: the field comes once for each entry, as a message of key and value. */
  map: boolean;
  /** An empty value says something. All others are written even when nobody has set them. */
  pointer: boolean;
  /** A scalar's name, or a message. */
  type: string | (() => MessageType);
}

/** The message that a kind is encoded as; undefined when it is not known. */
export function messageOf(apiVersion: string, kind: string): MessageType | undefined {
  const name = messageNames.get(`${apiVersion} ${kind}`);
  return name === undefined ? undefined : messageNamed(name);
}

const lines = (text: string) => text.trim().split('\n');
const messageNames = new Map(
  lines(kinds).map(line => {
    const [apiVersion = '', kind = '', name = ''] = line.split(' ');
    return [`${apiVersion} ${kind}`, name];
  }),
);
const fieldsOf = new Map(
  lines(messages).map(line => {
    const [name = '', ...fields] = line.split(' ');
    return [name, fields];
  }),
);

const parsed = new Map<string, MessageType>();
function messageNamed(name: string): MessageType {
  const known = parsed.get(name);
  if (known) return known;
  const type = new Map((fieldsOf.get(name) ?? []).map(parseField));
  parsed.set(name, type);
  return type;
}

/** @param field number:name:type, with `*` before the type for a list, `%` for a map, `?` for a pointer */
function parseField(field: string): [number, FieldType] {
  const [number = '', name = '', marked = ''] = field.split(':');
  const repeated = marked.startsWith('*');
  const map = marked.startsWith('%');
  const pointer = marked.startsWith('?');
  const type = repeated || map || pointer ? marked.slice(1) : marked;
  return [
    Number(number),
    {name, repeated, map, pointer, type: fieldsOf.has(type) ? () => messageNamed(type) : type},
  ];
}
