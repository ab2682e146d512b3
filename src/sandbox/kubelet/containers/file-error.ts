/**
 * Does something with a file of the host and tells an error as the container would see it: the paths in Node's own
 * errors are the host's.
 * @param path in the container
 */
export async function seenFromContainer<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    // ENOENT: no such file or directory, open '/on/the/host' -> ENOENT: no such file or directory, open '/in/the/container'
    const [said = code] = message.split(" '");
    throw Object.assign(new Error(`${said} '${path}'`), {code});
  }
}

/** @param said e.g. read-only file system */
export const fileError = (code: string, said: string, path: string) =>
  Object.assign(new Error(`${code}: ${said}, '${path}'`), {code});
