import {open, rename} from 'node:fs/promises';

/** Writes a file that only its owner can read (mode 0600): whole, or not at all. */
export async function writePrivately(file: string, content: string): Promise<void> {
  const beside = `${file}.new`;
  const handle = await open(beside, 'w', 0o600);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, file);
}
