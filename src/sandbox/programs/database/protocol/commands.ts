import {done, type Result} from '../engine/result.ts';
import type {Session} from '../engine/session.ts';
import {statusLine} from '../engine/status.ts';
import {SqlError} from '../errors.ts';
import {splitScript} from '../sql/script.ts';
import {backquoted} from '../sql/values.ts';
import {command, status} from './constants.ts';
import {type PacketStream, ProtocolError, packetBuilder, packetReader} from './packets.ts';
import {type PreparedStatement, prepareStatement, readParameters} from './prepared-statements.ts';
import {columnPacket, endPacket, errorPacket, okPacket, rowPackets, standing} from './result-packets.ts';

/** Answers one command. */
export async function answer(
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
  const result = await session.execute(`SELECT * FROM ${backquoted(table)} LIMIT 0`);
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
