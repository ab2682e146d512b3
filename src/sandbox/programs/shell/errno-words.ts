const words: Readonly<Record<string, string>> = {
  EACCES: 'Permission denied',
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  EFBIG: 'File too large',
  EINVAL: 'Invalid argument',
  EISDIR: 'Is a directory',
  ELOOP: 'Too many levels of symbolic links',
  ENOENT: 'No such file or directory',
  ENOSPC: 'No space left on device',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  EPERM: 'Operation not permitted',
  EROFS: 'Read-only file system',
  EXDEV: 'Cross-device link',
};

/** What strerror(3) says of a failed file operation. */
export function errnoWords(error: unknown): string {
  const {code = '', message} = error as NodeJS.ErrnoException;
  return words[code] ?? words[/^(E[A-Z]+):/.exec(message)?.[1] ?? ''] ?? message;
}

/** The same in a text that quotes Node's own message: `EROFS: read-only file system, '/data/x'`. */
export const sayErrno = (text: string): string =>
  text.replace(
    /\b(E[A-Z]+): [^,\n]*, (?:\w+ )?'[^'\n]*'(?: -> '[^'\n]*')?/g,
    (whole, code: string) => words[code] ?? whole,
  );
