import {isExpected} from '../errors.ts';

/** What was asked of a cluster; undefined where it refuses to whoever asks. */
export async function ifAllowed<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isExpected(error) && error.code === 'forbidden') return undefined;
    throw error;
  }
}
