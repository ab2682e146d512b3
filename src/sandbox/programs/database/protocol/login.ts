import {randomBytes} from 'node:crypto';
import {openSession} from '../engine/open-session.ts';
import {done} from '../engine/result.ts';
import type {ServerState} from '../engine/server-state.ts';
import type {Session} from '../engine/session.ts';
import {loginDenied, usersOf} from '../engine/users.ts';
import {SqlError} from '../errors.ts';
import {isRightPassword} from './authentication.ts';
import {capability, charset, serverCapabilities, status} from './constants.ts';
import {type PacketStream, ProtocolError, packetBuilder, packetReader} from './packets.ts';
import {errorPacket, okPacket, standing} from './result-packets.ts';

/** Handshake and login. @returns undefined when it was refused, after saying so */
export async function greet(
  server: ServerState,
  packets: PacketStream,
  host: string,
): Promise<Session | undefined> {
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
