import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {unwritable} from '../errors.ts';

/** The folder in which the learner finds the manifests of a lab. */
export interface WorkFolder {
  directory(lab: string): string;
  /**
   * Writes the manifests. One that the learner has changed since it was written stays as it is.
   * @throws ExpectedError `file-unwritable`
   */
  write(lab: string, files: Record<string, string>): void;
  /** Takes the manifests away, changed or not. */
  clear(lab: string): void;
}

/** What was written is kept beside, to know later whether the learner has changed it. */
const originals = '.original';

export function workFolder(directory: (lab: string) => string): WorkFolder {
  return {
    directory,
    write(lab, files) {
      const [folder, kept] = [directory(lab), join(directory(lab), originals)];
      try {
        mkdirSync(kept, {recursive: true});
        for (const [name, text] of Object.entries(files)) {
          const isChanged = contentOf(join(folder, name)) !== contentOf(join(kept, name));
          writeFileSync(join(kept, name), text);
          if (!isChanged || !existsSync(join(folder, name))) writeFileSync(join(folder, name), text);
        }
      } catch (error) {
        throw unwritable(folder, error);
      }
    },
    clear(lab) {
      // Not the folder itself: a terminal of the learner may stand in it.
      for (const name of [originals, ...namesIn(join(directory(lab), originals))])
        rmSync(join(directory(lab), name), {recursive: true, force: true});
    },
  };
}

const contentOf = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
const namesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);
