import type * as sqlite from 'node:sqlite';

/** Node's SQLite. Node 22 warns that it is experimental; nobody who uses the sandbox can do anything about it. */
export const {DatabaseSync} = withoutWarnings(() => process.getBuiltinModule('node:sqlite') as typeof sqlite);

function withoutWarnings<T>(load: () => T): T {
  const emitWarning = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
