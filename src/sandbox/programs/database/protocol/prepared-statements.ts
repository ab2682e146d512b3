import type {Flavour} from '../flavour.ts';
import {dateText, dateTimeText, timeText} from '../sql/dates.ts';
import {tokenize} from '../sql/tokens.ts';
import type {Value} from '../sql/values.ts';
import {fieldType} from './constants.ts';
import type {packetReader} from './packets.ts';

/** A statement that a client prepared; `types` are those of its parameters, once they were told. */
export interface PreparedStatement {
  sql: string;
  parameters: number;
  types: number[];
}

export const prepareStatement = (sql: string, flavour: Flavour): PreparedStatement => ({
  sql,
  parameters: tokenize(sql, flavour).filter(({kind, text}) => kind === 'symbol' && text === '?').length,
  types: [],
});

type Reader = ReturnType<typeof packetReader>;

/** The values of an execution. The reader stands behind the statement's id. @throws ProtocolError */
export function readParameters(statement: PreparedStatement, reader: Reader): Value[] {
  reader.skip(5); // flags and the iteration count
  const {parameters} = statement;
  if (parameters === 0) return [];
  const nulls = reader.bytes(Math.floor((parameters + 7) / 8));
  if (reader.uint(1) === 1) statement.types = Array.from({length: parameters}, () => reader.uint(2));
  return Array.from({length: parameters}, (_, index) => {
    const isNull = ((nulls[index >> 3] ?? 0) >> (index & 7)) & 1;
    return isNull ? null : readValue(statement.types[index] ?? fieldType.varString, reader);
  });
}

function readValue(type: number, reader: Reader): Value {
  const unsigned = (type & 0x8000) !== 0;
  switch (type & 0xff) {
    case fieldType.null:
      return null;
    case fieldType.tiny:
      return unsigned ? reader.uint(1) : reader.bytes(1).readInt8();
    case fieldType.short:
      return unsigned ? reader.uint(2) : reader.bytes(2).readInt16LE();
    case fieldType.long:
    case fieldType.int24:
      return unsigned ? reader.uint(4) : reader.bytes(4).readInt32LE();
    case fieldType.longlong:
      return unsigned ? reader.bytes(8).readBigUInt64LE() : reader.bytes(8).readBigInt64LE();
    case fieldType.float:
      return reader.bytes(4).readFloatLE();
    case fieldType.double:
      return reader.bytes(8).readDoubleLE();
    case fieldType.date:
    case fieldType.datetime:
    case fieldType.timestamp:
      return readDate(reader);
    case fieldType.time:
      return readTime(reader);
    case fieldType.blob:
      return textOrBytes(reader.counted());
    default:
      return reader.counted().toString();
  }
}

/** Drivers send texts as blobs, too. */
function textOrBytes(content: Buffer): Value {
  const text = content.toString();
  return Buffer.from(text).equals(content) ? text : content;
}

function readDate(reader: Reader): Value {
  const length = reader.uint(1);
  if (length === 0) return '0000-00-00';
  const time = Date.UTC(reader.uint(2), reader.uint(1) - 1, reader.uint(1));
  if (length === 4) return dateText(time);
  const clock = (reader.uint(1) * 3600 + reader.uint(1) * 60 + reader.uint(1)) * 1000;
  const fraction = length > 7 ? Math.floor(reader.uint(4) / 1000) : 0;
  return dateTimeText(time + clock + fraction, fraction > 0 ? 6 : 0);
}

function readTime(reader: Reader): Value {
  const length = reader.uint(1);
  if (length === 0) return '00:00:00';
  const sign = reader.uint(1) === 1 ? -1 : 1;
  const seconds = reader.uint(4) * 86_400 + reader.uint(1) * 3600 + reader.uint(1) * 60 + reader.uint(1);
  if (length > 8) reader.skip(4);
  return timeText(sign * seconds);
}
