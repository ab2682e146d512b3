import type {Done, ResultColumn, Rows} from '../engine/result.ts';
import type {Session} from '../engine/session.ts';
import type {SqlError} from '../errors.ts';
import {parseDate} from '../sql/dates.ts';
import {display, type Kind, type Value} from '../sql/values.ts';
import {charset, fieldType, status} from './constants.ts';
import {packetBuilder} from './packets.ts';

/** What goes with every answer. */
export interface Standing {
  status: number;
  warnings: number;
}

/** How a session stands after what it has just done. */
export const standing = (session: Session): Standing => ({
  status:
    (session.inTransaction ? status.inTransaction : 0) |
    (session.variables.get('autocommit') === 'OFF' ? 0 : status.autocommit),
  warnings: session.warnings.length,
});

export function okPacket({affected, insertId, info}: Done, {status, warnings}: Standing): Buffer {
  const packet = packetBuilder()
    .uint(0, 1)
    .length(affected)
    .length(insertId)
    .uint(status, 2)
    .uint(warnings, 2);
  return (info === '' ? packet : packet.counted(info)).build();
}

export const errorPacket = ({number, state, message}: SqlError): Buffer =>
  packetBuilder().uint(0xff, 1).uint(number, 2).text(`#${state}${message}`).build();

export const endPacket = ({status, warnings}: Standing): Buffer =>
  packetBuilder().uint(0xfe, 1).uint(warnings, 2).uint(status, 2).build();

/** Columns and rows, packet by packet. @param binary as answers to prepared statements are */
export function* rowPackets(rows: Rows, standing: Standing, binary: boolean): Generator<Buffer> {
  yield packetBuilder().length(rows.columns.length).build();
  for (const [index, column] of rows.columns.entries()) yield columnPacket(column, longest(rows, index));
  yield endPacket(standing);
  for (const row of rows.rows) yield binary ? binaryRow(rows.columns, row) : textRow(rows.columns, row);
  yield endPacket(standing);
}

const longest = ({columns, rows}: Rows, index: number) =>
  rows.reduce((most, row) => Math.max(most, shown(columns[index], row[index] ?? null)?.length ?? 0), 0);

const shown = (column: ResultColumn | undefined, value: Value) =>
  display(value, column?.kind ?? {is: 'string'});

const wireTypes: Readonly<Record<Kind['is'], number>> = {
  int: fieldType.longlong,
  decimal: fieldType.newDecimal,
  double: fieldType.double,
  string: fieldType.varString,
  binary: fieldType.blob,
  date: fieldType.date,
  datetime: fieldType.datetime,
  time: fieldType.time,
  null: fieldType.null,
};

const flags = {notNull: 1, binary: 128, number: 32768};

export function columnPacket({name, kind}: ResultColumn, length: number): Buffer {
  const isText = kind.is === 'string';
  const isNumber = kind.is === 'int' || kind.is === 'decimal' || kind.is === 'double';
  const decimals = kind.is === 'decimal' ? (kind.scale ?? 0) : kind.is === 'double' ? 31 : 0;
  return packetBuilder()
    .counted('def')
    .counted('')
    .counted('')
    .counted('')
    .counted(name)
    .counted(name)
    .uint(0x0c, 1)
    .uint(isText ? charset.utf8mb4 : charset.binary, 2)
    .uint(Math.max(length, 1) * (isText ? 4 : 1), 4)
    .uint(wireTypes[kind.is], 1)
    .uint((kind.notNull ? flags.notNull : 0) | (isText ? 0 : flags.binary) | (isNumber ? flags.number : 0), 2)
    .uint(decimals, 1)
    .uint(0, 2)
    .build();
}

function textRow(columns: readonly ResultColumn[], row: readonly Value[]): Buffer {
  const packet = packetBuilder();
  for (const [index, value] of row.entries()) {
    const text = shown(columns[index], value);
    if (text === undefined) packet.uint(0xfb, 1);
    else packet.counted(text);
  }
  return packet.build();
}

function binaryRow(columns: readonly ResultColumn[], row: readonly Value[]): Buffer {
  const nulls = Buffer.alloc(Math.floor((columns.length + 9) / 8));
  const values = packetBuilder();
  for (const [index, value] of row.entries()) {
    const at = index + 2;
    if (value === null) nulls[at >> 3] = (nulls[at >> 3] ?? 0) | (1 << (at & 7));
    else values.bytes(binaryValue(value, columns[index]?.kind ?? {is: 'string'}));
  }
  return packetBuilder().uint(0, 1).bytes(nulls).bytes(values.build()).build();
}

function binaryValue(value: NonNullable<Value>, kind: Kind): Buffer {
  if (kind.is === 'int') {
    const part = Buffer.alloc(8);
    part.writeBigInt64LE(
      BigInt.asIntN(64, BigInt(typeof value === 'bigint' ? value : Math.trunc(Number(value)))),
    );
    return part;
  }
  if (kind.is === 'double') {
    const part = Buffer.alloc(8);
    part.writeDoubleLE(Number(value));
    return part;
  }
  if (kind.is === 'date' || kind.is === 'datetime') return binaryDate(String(value));
  if (kind.is === 'time') return binaryTime(String(value));
  return packetBuilder()
    .counted(display(value, kind) ?? '')
    .build();
}

function binaryDate(value: string): Buffer {
  const time = parseDate(value);
  if (time === null) return packetBuilder().uint(0, 1).build();
  const date = new Date(time);
  const day = packetBuilder()
    .uint(7, 1)
    .uint(date.getUTCFullYear(), 2)
    .uint(date.getUTCMonth() + 1, 1)
    .uint(date.getUTCDate(), 1);
  return day.uint(date.getUTCHours(), 1).uint(date.getUTCMinutes(), 1).uint(date.getUTCSeconds(), 1).build();
}

function binaryTime(value: string): Buffer {
  const [hours = 0, minutes = 0, seconds = 0] = value.replace('-', '').split(':').map(Number);
  return packetBuilder()
    .uint(8, 1)
    .uint(value.startsWith('-') ? 1 : 0, 1)
    .uint(Math.floor(hours / 24), 4)
    .uint(hours % 24, 1)
    .uint(minutes, 1)
    .uint(seconds, 1)
    .build();
}
