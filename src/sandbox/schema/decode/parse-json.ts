import type {JsonTree} from './json-tree.ts';

/** What is no JSON, in the words of Go's decoder. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
}

/** Nobody nests objects so deeply; what follows can recurse without a thought. */
const maxDepth = 1000;

/** @throws JsonError */
export function parseJson(text: string): JsonTree {
  const reader = new Reader(text);
  const value = readValue(reader, 0);
  reader.skipSpace();
  if (reader.at < text.length) throw reader.unexpected('after top-level value');
  return value;
}

class Reader {
  at = 0;
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }

  /** The next character that is no white space; it stays where it is. Empty at the end. */
  peek(): string {
    this.skipSpace();
    return this.text.charAt(this.at);
  }

  skipSpace(): void {
    while (/[ \t\r\n]/.test(this.text.charAt(this.at))) this.at++;
  }

  /** What to throw about the character that is next. */
  unexpected(where: string): JsonError {
    const character = this.text.charAt(this.at);
    if (character === '') return new JsonError('unexpected end of JSON input');
    return new JsonError(`invalid character ${quoted(character)} ${where}`);
  }
}

function readValue(reader: Reader, depth: number): JsonTree {
  if (depth > maxDepth) throw new JsonError('exceeded max depth');
  const next = reader.peek();
  if (next === '{') return readMap(reader, depth);
  if (next === '[') return readList(reader, depth);
  if (next === '"') return readString(reader);
  if (next === 't') return readLiteral(reader, 'true', true);
  if (next === 'f') return readLiteral(reader, 'false', false);
  if (next === 'n') return readLiteral(reader, 'null', null);
  if (/[-0-9]/.test(next)) return readNumber(reader);
  throw reader.unexpected('looking for beginning of value');
}

function readMap(reader: Reader, depth: number): JsonTree {
  const entries: [string, JsonTree][] = [];
  reader.at++;
  if (reader.peek() === '}') {
    reader.at++;
    return {entries};
  }
  for (;;) {
    if (reader.peek() !== '"') throw reader.unexpected('looking for beginning of object key string');
    const key = readString(reader);
    if (reader.peek() !== ':') throw reader.unexpected('after object key');
    reader.at++;
    entries.push([key, readValue(reader, depth + 1)]);
    const next = reader.peek();
    if (next !== ',' && next !== '}') throw reader.unexpected('after object key:value pair');
    reader.at++;
    if (next === '}') return {entries};
  }
}

function readList(reader: Reader, depth: number): JsonTree {
  const items: JsonTree[] = [];
  reader.at++;
  if (reader.peek() === ']') {
    reader.at++;
    return {items};
  }
  for (;;) {
    items.push(readValue(reader, depth + 1));
    const next = reader.peek();
    if (next !== ',' && next !== ']') throw reader.unexpected('after array element');
    reader.at++;
    if (next === ']') return {items};
  }
}

function readString(reader: Reader): string {
  const start = reader.at++;
  for (;;) {
    while (isPlain(reader.text.charCodeAt(reader.at))) reader.at++;
    const next = reader.text.charAt(reader.at);
    if (next === '"') break;
    if (next !== '\\') throw reader.unexpected('in string literal');
    skipEscape(reader);
  }
  reader.at++;
  return JSON.parse(reader.text.slice(start, reader.at)) as string;
}

/** Stands for itself in a string; the end of the text (NaN) does not. */
const isPlain = (code: number) => code >= 0x20 && code !== 0x22 && code !== 0x5c;

function skipEscape(reader: Reader): void {
  reader.at++;
  const escaped = reader.text.charAt(reader.at);
  if (escaped === '' || !'"\\/bfnrtu'.includes(escaped)) throw reader.unexpected('in string escape code');
  reader.at++;
  for (let digit = 0; escaped === 'u' && digit < 4; digit++, reader.at++)
    if (!/[0-9a-fA-F]/.test(reader.text.charAt(reader.at)))
      throw reader.unexpected('in \\u hexadecimal character escape');
}

function readLiteral<T>(reader: Reader, word: string, value: T): T {
  for (const [index, letter] of [...word].entries()) {
    if (reader.text.charAt(reader.at) !== letter)
      throw reader.unexpected(`in literal ${word} (expecting ${quoted(word.charAt(index))})`);
    reader.at++;
  }
  return value;
}

function readNumber(reader: Reader): JsonTree {
  const start = reader.at;
  if (reader.text.charAt(reader.at) === '-') reader.at++;
  if (reader.text.charAt(reader.at) === '0') reader.at++;
  else skipDigits(reader, 'in numeric literal');
  if (reader.text.charAt(reader.at) === '.') {
    reader.at++;
    skipDigits(reader, 'after decimal point in numeric literal');
  }
  if (/[eE]/.test(reader.text.charAt(reader.at))) {
    reader.at++;
    if (/[-+]/.test(reader.text.charAt(reader.at))) reader.at++;
    skipDigits(reader, 'in exponent of numeric literal');
  }
  return {number: reader.text.slice(start, reader.at)};
}

function skipDigits(reader: Reader, where: string): void {
  if (!/[0-9]/.test(reader.text.charAt(reader.at))) throw reader.unexpected(where);
  while (/[0-9]/.test(reader.text.charAt(reader.at))) reader.at++;
}

/** A character as Go quotes it. Go looks at bytes: of others than ASCII's it shows the first one. */
function quoted(character: string): string {
  if (character === "'") return "'\\''";
  if (character === '"') return `'"'`;
  const short = {'\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r'}[character];
  if (short) return `'${short}'`;
  const byte = Buffer.from(character)[0] ?? 0;
  return byte < 0x20 || byte === 0x7f
    ? `'\\x${byte.toString(16).padStart(2, '0')}'`
    : `'${String.fromCharCode(byte)}'`;
}
