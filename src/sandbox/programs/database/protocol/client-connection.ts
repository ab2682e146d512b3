import type {Duplex} from 'node:stream';
import {SqlError} from '../errors.ts';
import {scramble} from './authentication.ts';
import {capability, charset, command, fieldType, status} from './constants.ts';
import {ProtocolError, packetBuilder, packetReader, packetsOn} from './packets.ts';

/** What a statement gave, as a client gets it: all text. */
export type Answer =
  | {
      columns: readonly {name: string; isNumber: boolean; notNull: boolean}[];
      rows: readonly (readonly (string | null)[])[];
      warnings: number;
    }
  | {affected: number; info: string; warnings: number};

/** A client's connection to a server. Its calls follow one another. */
export interface ClientConnection {
  readonly id: number;
  readonly serverVersion: string;
  /** All answers of one text. @throws SqlError, also 2013 when the server goes away */
  query(sql: string): Promise<Answer[]>;
  use(database: string): Promise<void>;
  statistics(): Promise<string>;
  ping(): Promise<void>;
  end(): void;
}

const wanted =
  capability.longPassword |
  capability.longFlag |
  capability.protocol41 |
  capability.transactions |
  capability.secureConnection |
  capability.multiStatements |
  capability.multiResults |
  capability.pluginAuth;

const lost = () => new SqlError(2013, 'HY000', 'Lost connection to server during query');

/** Logs in. @throws SqlError 1045 and the like, 2013 */
export async function openClient(
  socket: Duplex,
  {user, password, database}: {user: string; password: string; database?: string | undefined},
): Promise<ClientConnection> {
  socket.on('error', () => socket.destroy());
  const packets = packetsOn(socket);
  packets.limit = 1024 * 1024 * 1024;

  const read = async () => {
    const content = await packets.read().catch((error: unknown) => {
      if (error instanceof ProtocolError) throw error;
      return undefined;
    });
    if (!content) throw lost();
    if (content[0] === 0xff) throw readError(content);
    return content;
  };

  const greeting = packetReader(await read());
  greeting.skip(1);
  const serverVersion = greeting.terminated();
  const id = greeting.uint(4);
  const begin = greeting.bytes(8);
  greeting.skip(19);
  const challenge = Buffer.concat([begin, greeting.bytes(12)]);
  greeting.skip(1);
  const plugin = pluginNamed(greeting.terminated());
  packets.write(
    packetBuilder()
      .uint(wanted | (database === undefined ? 0 : capability.connectWithDb), 4)
      .uint(0x1000000, 4)
      .uint(charset.utf8mb4, 1)
      .bytes(Buffer.alloc(23))
      .terminated(user)
      .counted(scramble(plugin, password, challenge))
      .bytes(Buffer.from(database === undefined ? '' : `${database}\0`))
      .terminated(plugin)
      .build(),
  );
  while ((await read())[0] !== 0x00);

  const ask = (code: number, argument = '') => {
    packets.restart();
    packets.write(packetBuilder().uint(code, 1).text(argument).build());
  };

  async function answer(): Promise<{answer: Answer; more: boolean}> {
    const first = await read();
    if (first[0] === 0x00) return readOk(first);
    const count = packetReader(first).length();
    const columns = [];
    for (let index = 0; index < count; index++) columns.push(readColumn(await read()));
    await read();
    const rows: (string | null)[][] = [];
    for (;;) {
      const content = await read();
      if (content[0] === 0xfe && content.length < 9) {
        const end = packetReader(content.subarray(1));
        const warnings = end.uint(2);
        return {answer: {columns, rows, warnings}, more: (end.uint(2) & status.moreResults) !== 0};
      }
      rows.push(readRow(content, count));
    }
  }

  return {
    id,
    serverVersion,
    async query(sql) {
      ask(command.query, sql);
      const answers: Answer[] = [];
      for (let more = true; more; ) {
        const one = await answer();
        answers.push(one.answer);
        more = one.more;
      }
      return answers;
    },
    async use(name) {
      ask(command.initDb, name);
      await read();
    },
    async statistics() {
      ask(command.statistics);
      return (await read()).toString();
    },
    async ping() {
      ask(command.ping);
      await read();
    },
    end() {
      ask(command.quit);
      packets.end();
    },
  };
}

function pluginNamed(name: string) {
  if (name === 'mysql_native_password' || name === 'caching_sha2_password') return name;
  throw new SqlError(2059, 'HY000', `Authentication plugin '${name}' cannot be loaded`);
}

function readError(content: Buffer): SqlError {
  const reader = packetReader(content.subarray(1));
  const number = reader.uint(2);
  const text = reader.rest().toString();
  return text.startsWith('#')
    ? new SqlError(number, text.slice(1, 6), text.slice(6))
    : new SqlError(number, 'HY000', text);
}

function readOk(content: Buffer): {answer: Answer; more: boolean} {
  const reader = packetReader(content.subarray(1));
  const affected = reader.length();
  reader.length();
  const more = (reader.uint(2) & status.moreResults) !== 0;
  const warnings = reader.uint(2);
  const info = reader.left() > 0 ? reader.counted().toString() : '';
  return {answer: {affected, warnings, info}, more};
}

function readColumn(content: Buffer) {
  const reader = packetReader(content);
  for (let index = 0; index < 4; index++) reader.counted();
  const name = reader.counted().toString();
  reader.counted();
  reader.skip(1);
  reader.skip(6);
  const type = reader.uint(1);
  const flags = reader.uint(2);
  return {
    name,
    isNumber: (flags & 0x8000) !== 0 || type === fieldType.null,
    notNull: (flags & 1) !== 0,
  };
}

function readRow(content: Buffer, count: number): (string | null)[] {
  const reader = packetReader(content);
  return Array.from({length: count}, () => {
    if (reader.peek() !== 0xfb) return reader.counted().toString();
    reader.skip(1);
    return null;
  });
}
