import {randomBytes} from 'node:crypto';
import type {Duplex} from 'node:stream';
import {openSession} from '../engine/open-session.ts';
import {done, type Result} from '../engine/result.ts';
import type {ServerState} from '../engine/server-state.ts';
import type {Session} from '../engine/session.ts';
import {statusLine} from '../engine/status.ts';
import {loginDenied, usersOf} from '../engine/users.ts';
import {SqlError} from '../errors.ts';
import {splitScript} from '../sql/script.ts';
import {isRightPassword} from './authentication.ts';
import {capability, charset, command, serverCapabilities, status} from './constants.ts';
import {type PacketStream, ProtocolError, packetBuilder, packetReader, packetsOn} from './packets.ts';
import {type PreparedStatement, prepareStatement, readParameters} from './prepared-statements.ts';
import {columnPacket, endPacket, errorPacket, okPacket, rowPackets} from './result-packets.ts';

/** Speaks the server's side of MySQL's protocol on a connection, until either side closes it. */
export function acceptClient(server: ServerState, socket: Duplex, host: string): void {
  // what a client does to its connection is never the server's problem
  socket.on('error', () => socket.destroy());
  const hangUp = () => hangUpOn(socket);
  void converse(server, socket, host).then(hangUp, hangUp);
}

/** Closes when the client has read the last words, so that it sees an end. */
const hangUpOn = (socket: Duplex) => void socket.end(() => socket.destroy());

async function converse(server: ServerState, socket: Duplex, host: string) {
  const packets = packetsOn(socket);
  try {
    const session = await greet(server, packets, host);
    if (session) await serve(session, packets, socket);
    packets.end();
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    packets.write(
      errorPacket(new SqlError(1153, '08S01', "Got a packet bigger than 'max_allowed_packet' bytes")),
    );
    packets.end();
    await packets.drain();
  }
}

/** Answers commands until the client goes, or the session is killed. */
async function serve(session: Session, packets: PacketStream, socket: Duplex) {
  const onKill = () => hangUpOn(socket);
  session.ended.signal.addEventListener('abort', onKill, {once: true});
  packets.limit = Number(session.server.variables.get('max_allowed_packet'));
  const prepared = new Map<number, PreparedStatement>();
  try {
    for (;;) {
      packets.restart();
      const content = await packets.read();
      if (!content || content[0] === command.quit) return;
      await answer(session, packets, content, prepared);
    }
  } finally {
    session.ended.signal.removeEventListener('abort', onKill);
    session.close();
  }
}

/** Handshake and login. @returns undefined when it was refused, after saying so */
async function greet(server: ServerState, packets: PacketStream, host: string): Promise<Session | undefined> {
  const {flavour} = server;
  // without zero bytes: the challenge is sent as text
  const challenge = randomBytes(20).map(byte => byte & 0x7f || 1);
  packets.write(greeting(server, challenge));
  const reply = await packets.read();
  if (!reply) return undefined;
  const login = readLogin(reply);
  if (login.plugin !== flavour.authentication) {
    packets.write(
      packetBuilder().uint(0xfe, 1).terminated(flavour.authentication).bytes(challenge).uint(0, 1).build(),
    );
    const scrambled = await packets.read();
    if (!scrambled) return undefined;
    login.scrambled = scrambled;
  }
  const session = await logIn(server, login, challenge, host);
  if (session instanceof SqlError) {
    packets.write(errorPacket(session));
    return undefined;
  }
  // MySQL says first that it needs no more than the scrambled password
  if (flavour.authentication === 'caching_sha2_password' && login.scrambled.length > 0)
    packets.write(Buffer.from([0x01, 0x03]));
  packets.write(okPacket(done(), standing(session)));
  return session;
}

function greeting({flavour, nextConnection}: ServerState, challenge: Uint8Array): Buffer {
  return packetBuilder()
    .uint(10, 1)
    .terminated(flavour.version)
    .uint(nextConnection, 4)
    .bytes(challenge.subarray(0, 8))
    .uint(0, 1)
    .uint(serverCapabilities & 0xffff, 2)
    .uint(charset.utf8mb4, 1)
    .uint(status.autocommit, 2)
    .uint(serverCapabilities >>> 16, 2)
    .uint(challenge.length + 1, 1)
    .bytes(Buffer.alloc(10))
    .bytes(challenge.subarray(8))
    .uint(0, 1)
    .terminated(flavour.authentication)
    .build();
}

interface Login {
  user: string;
  scrambled: Uint8Array;
  database: string | undefined;
  plugin: string | undefined;
}

function readLogin(content: Buffer): Login {
  const reader = packetReader(content);
  const flags = reader.uint(4);
  if ((flags & capability.protocol41) === 0 || (flags & capability.ssl) !== 0)
    throw new ProtocolError('neither the old protocol nor TLS is spoken');
  reader.skip(28);
  const user = reader.terminated();
  const scrambled =
    (flags & capability.lengthEncodedAuth) !== 0
      ? reader.counted()
      : (flags & capability.secureConnection) !== 0
        ? reader.bytes(reader.uint(1))
        : Buffer.from(reader.terminated());
  const database =
    (flags & capability.connectWithDb) !== 0 && reader.left() > 0 ? reader.terminated() : undefined;
  const plugin = (flags & capability.pluginAuth) !== 0 && reader.left() > 0 ? reader.terminated() : undefined;
  return {user, scrambled, database: database || undefined, plugin};
}

async function logIn(
  server: ServerState,
  {user, scrambled, database}: Login,
  challenge: Uint8Array,
  host: string,
): Promise<Session | SqlError> {
  const {flavour} = server;
  const connection = server.store.connect();
  const account = usersOf(connection).match(user, host);
  connection.close();
  const right =
    account && !account.locked && isRightPassword(flavour.authentication, account.hash, challenge, scrambled);
  if (!right) return loginDenied(user, host, scrambled.length > 0);
  if (server.sessions.size >= Number(server.variables.get('max_connections')))
    return new SqlError(1040, '08004', 'Too many connections');
  const own = openSession(server, account, user, host);
  try {
    if (database !== undefined) await own.use(database);
    return own;
  } catch (error) {
    own.close();
    if (error instanceof SqlError) return error;
    throw error;
  }
}

const standing = (session: Session) => ({
  status:
    (session.inTransaction ? status.inTransaction : 0) |
    (session.variables.get('autocommit') === 'OFF' ? 0 : status.autocommit),
  warnings: session.warnings.length,
});

/** Answers one command. */
async function answer(
  session: Session,
  packets: PacketStream,
  content: Buffer,
  prepared: Map<number, PreparedStatement>,
) {
  const reader = packetReader(content.subarray(1));
  const ok = () => packets.write(okPacket(done(), standing(session)));
  try {
    switch (content[0]) {
      case command.query:
        return await query(session, packets, reader.rest().toString());
      case command.initDb:
        await session.use(reader.rest().toString());
        return ok();
      case command.ping:
      case command.resetStatement:
      case command.resetConnection:
        return ok();
      case command.setOption:
        return packets.write(endPacket(standing(session)));
      case command.statistics:
        return packets.write(Buffer.from(statusLine(session)));
      case command.fieldList:
        return await fieldList(session, packets, reader.terminated());
      case command.processKill:
        await session.execute(`KILL ${reader.uint(4)}`);
        return ok();
      case command.shutdown:
        await session.execute('SHUTDOWN');
        return packets.write(endPacket(standing(session)));
      case command.prepare:
        return prepare(session, packets, reader.rest().toString(), prepared);
      case command.execute:
        return await execute(session, packets, reader, prepared);
      case command.closeStatement:
        return void prepared.delete(reader.uint(4));
      default:
        throw new SqlError(1047, '08S01', 'Unknown command');
    }
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    const text = error instanceof Error ? error.message : String(error);
    packets.write(errorPacket(error instanceof SqlError ? error : new SqlError(1105, 'HY000', text)));
  }
}

/** One statement, or several with ; between them. */
async function query(session: Session, packets: PacketStream, sql: string) {
  const statements = splitScript(sql, session.server.flavour);
  if (statements.length <= 1) return send(session, packets, await session.execute(sql), false, false);
  for (const [index, statement] of statements.entries())
    send(session, packets, await session.execute(statement.sql), false, index < statements.length - 1);
}

function send(session: Session, packets: PacketStream, result: Result, binary: boolean, more: boolean) {
  const now = standing(session);
  const told = {...now, status: now.status | (more ? status.moreResults : 0)};
  if ('affected' in result) packets.write(okPacket(result, told));
  else for (const packet of rowPackets(result, told, binary)) packets.write(packet);
}

async function fieldList(session: Session, packets: PacketStream, table: string) {
  const result = await session.execute(`SELECT * FROM \`${table.replaceAll('`', '``')}\` LIMIT 0`);
  if (!('affected' in result))
    for (const column of result.columns)
      packets.write(Buffer.concat([columnPacket(column, 0), Buffer.from([0xfb])]));
  packets.write(endPacket(standing(session)));
}

function prepare(
  session: Session,
  packets: PacketStream,
  sql: string,
  prepared: Map<number, PreparedStatement>,
) {
  const statement = prepareStatement(sql, session.server.flavour);
  const id = Math.max(0, ...prepared.keys()) + 1;
  prepared.set(id, statement);
  packets.write(
    packetBuilder()
      .uint(0, 1)
      .uint(id, 4)
      .uint(0, 2)
      .uint(statement.parameters, 2)
      .uint(0, 1)
      .uint(0, 2)
      .build(),
  );
  if (statement.parameters === 0) return;
  for (let index = 0; index < statement.parameters; index++)
    packets.write(columnPacket({name: '?', kind: {is: 'string'}}, 0));
  packets.write(endPacket(standing(session)));
}

async function execute(
  session: Session,
  packets: PacketStream,
  reader: ReturnType<typeof packetReader>,
  prepared: ReadonlyMap<number, PreparedStatement>,
) {
  const id = reader.uint(4);
  const statement = prepared.get(id);
  if (!statement)
    throw new SqlError(
      1243,
      'HY000',
      `Unknown prepared statement handler (${id}) given to mysqld_stmt_execute`,
    );
  const values = readParameters(statement, reader);
  send(session, packets, await session.execute(statement.sql, values), true, false);
}
