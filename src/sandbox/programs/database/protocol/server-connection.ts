import type {Duplex} from 'node:stream';
import type {ServerState} from '../engine/server-state.ts';
import type {Session} from '../engine/session.ts';
import {SqlError} from '../errors.ts';
import {answer} from './commands.ts';
import {command} from './constants.ts';
import {greet} from './login.ts';
import {type PacketStream, ProtocolError, packetsOn} from './packets.ts';
import type {PreparedStatement} from './prepared-statements.ts';
import {errorPacket} from './result-packets.ts';

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
