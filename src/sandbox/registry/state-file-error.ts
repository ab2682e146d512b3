/** The file that holds the registry cannot be used. The message names it and says the way out. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError';
  readonly file: string;
  /** Another process has it, and all may be well with it there. */
  readonly inUse: boolean;
  constructor(file: string, cause: unknown) {
    const {message} = cause as Error;
    super(`The sandbox's state in ${file} cannot be used: ${message}. ${wayOut(cause, file)}`, {cause});
    this.file = file;
    this.inUse = (cause as {errcode?: number}).errcode === busy;
  }
}

/** SQLite's result codes. */
const busy = 5;
const corrupt = 11;
const notADatabase = 26;

function wayOut(cause: unknown, file: string): string {
  const {errcode} = cause as {errcode?: number};
  if (errcode === busy) return 'Another process uses it: stop that one first.';
  if (errcode === corrupt || errcode === notADatabase || cause instanceof SyntaxError)
    return `It is damaged: move ${file}* away (what the sandbox held is lost), or put a copy of it back.`;
  return 'Make sure that the file can be written and that there is room on its disk.';
}
