/** Capability flags of the handshake. */
export const capability = {
  longPassword: 1,
  foundRows: 2,
  longFlag: 4,
  connectWithDb: 8,
  protocol41: 0x200,
  ssl: 0x800,
  transactions: 0x2000,
  secureConnection: 0x8000,
  multiStatements: 0x10000,
  multiResults: 0x20000,
  pluginAuth: 0x80000,
  connectAttributes: 0x100000,
  lengthEncodedAuth: 0x200000,
} as const;

/** What the server offers. */
export const serverCapabilities =
  capability.longPassword |
  capability.foundRows |
  capability.longFlag |
  capability.connectWithDb |
  capability.protocol41 |
  capability.transactions |
  capability.secureConnection |
  capability.multiStatements |
  capability.multiResults |
  capability.pluginAuth |
  capability.connectAttributes |
  capability.lengthEncodedAuth;

/** The first byte of a command. */
export const command = {
  quit: 0x01,
  initDb: 0x02,
  query: 0x03,
  fieldList: 0x04,
  shutdown: 0x08,
  statistics: 0x09,
  processKill: 0x0c,
  ping: 0x0e,
  prepare: 0x16,
  execute: 0x17,
  closeStatement: 0x19,
  resetStatement: 0x1a,
  setOption: 0x1b,
  resetConnection: 0x1f,
} as const;

/** Column types on the wire. */
export const fieldType = {
  tiny: 1,
  short: 2,
  long: 3,
  float: 4,
  double: 5,
  null: 6,
  timestamp: 7,
  longlong: 8,
  int24: 9,
  date: 10,
  time: 11,
  datetime: 12,
  newDecimal: 246,
  blob: 252,
  varString: 253,
} as const;

/** utf8mb4_general_ci, and binary for what is no text. */
export const charset = {utf8mb4: 45, binary: 63} as const;

/** Status flags of OK and EOF packets. */
export const status = {inTransaction: 1, autocommit: 2, moreResults: 8} as const;
