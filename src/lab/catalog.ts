import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {basename, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {closest, distance} from 'fastest-levenshtein';
import {ExpectedError, exitCodes} from '../errors.ts';
import type {Lab} from './lab.ts';
import {type LabFiles, parseLab} from './parse.ts';
import {inPathOrder} from './path.ts';

/** The folder that has labs/ and manifests/: that of the package, seen from src/lab as from dist/lab. */
const packageRoot = fileURLToPath(new URL('../..', import.meta.url));

/** The ids of all labs, in the order of the learning path. */
export const labIds = (root = packageRoot): string[] => {
  const labs = join(root, 'labs');
  if (!existsSync(labs)) return [];
  return inPathOrder(readdirSync(labs).filter(id => existsSync(join(labs, id, 'lab.yaml'))));
};

/**
 * The lab of that id, or undefined when there is none.
 * @throws ExpectedError `broken-lab`
 */
export const findLab = (id: string, root = packageRoot): Lab | undefined =>
  labIds(root).includes(id) ? loadLabFrom(join(root, 'labs', id)) : undefined;

/** @throws ExpectedError `unknown-lab`, with the id that was probably meant; `broken-lab` */
export function getLab(id: string, root = packageRoot): Lab {
  const lab = findLab(id, root);
  if (lab) return lab;
  const suggestion = similar(id, labIds(root));
  const facts = suggestion === undefined ? {lab: id} : {lab: id, suggestion};
  throw new ExpectedError('unknown-lab', facts, {exitCode: exitCodes.usage});
}

/**
 * Loads the lab in a folder.
 * @param manifests the folder of its manifests; without it, the one under `manifests/` beside `labs/`
 * @throws ExpectedError `broken-lab`
 */
export function loadLabFrom(
  folder: string,
  manifests = resolve(folder, '../../manifests', basename(folder)),
): Lab {
  const files: LabFiles = {
    ...filesIn(folder, '', /^(lab\.yaml|en\.md|ja\.md)$/),
    ...filesIn(manifests, 'manifests/', /\.ya?ml$/),
  };
  return parseLab(basename(resolve(folder)), files);
}

function filesIn(folder: string, prefix: string, names: RegExp): LabFiles {
  if (!existsSync(folder)) return {};
  const found = readdirSync(folder)
    .filter(name => names.test(name))
    .sort();
  return Object.fromEntries(found.map(name => [prefix + name, readFileSync(join(folder, name), 'utf8')]));
}

/** What was probably meant: at most every third letter is wrong, and two in a short word. */
function similar(word: string, known: string[]): string | undefined {
  if (known.length === 0) return undefined;
  const near = closest(word, known);
  return distance(word, near) <= Math.max(2, near.length / 3) ? near : undefined;
}
