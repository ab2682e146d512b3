import {ExpectedError, type Problem} from '../errors.ts';
import {sayIssues} from './issues.ts';
import {type Lab, type LabText, type Language, languages} from './lab.ts';
import {lintLab} from './lint.ts';
import {type LabFile, labSchema} from './schema.ts';
import {type ParsedText, parseText} from './text.ts';
import {withoutPlaceholders} from './variables.ts';
import {type ReadYaml, readPath, readYaml, sayPath} from './yaml.ts';

/** The text of a lab's files by name: `lab.yaml`, `en.md`, `ja.md` and `manifests/<file>`. */
export type LabFiles = Record<string, string>;

/**
 * Text in, a whole Lab out.
 * @param folder the name of the lab's folder, which must be its id
 * @throws ExpectedError `broken-lab` with every problem of every file, in the order of the files and
 * their lines. Files are named as in a lab repository: `labs/<folder>/en.md`, `manifests/<folder>/<file>`.
 */
export function parseLab(folder: string, files: LabFiles): Lab {
  const read = readFiles(files);
  const lab = completeLab(read);
  const problems = [...read.problems, ...(lab ? [...otherFolder(lab, folder), ...lintLab(lab)] : [])];
  if (lab && problems.length === 0) return lab;
  throw new ExpectedError('broken-lab', {problems: inOrder(problems.map(one => placed(one, read, folder)))});
}

interface ReadFiles {
  yaml?: ReadYaml;
  file?: LabFile;
  texts: Partial<Record<Language, ParsedText>>;
  manifests: Record<string, string>;
  problems: Problem[];
}

function readFiles(files: LabFiles): ReadFiles {
  const read: ReadFiles = {texts: {}, manifests: {}, problems: []};
  readLabFile(read, files['lab.yaml']);
  for (const language of languages) readText(read, language, files[`${language}.md`]);
  for (const [file, source] of Object.entries(files))
    if (file.startsWith('manifests/')) readManifest(read, file, source);
  return read;
}

function readLabFile(read: ReadFiles, source: string | undefined) {
  if (source === undefined) return void read.problems.push(missing('lab.yaml'));
  read.yaml = readYaml('lab.yaml', source);
  read.problems.push(...read.yaml.problems);
  if (read.yaml.documents > 1)
    read.problems.push({file: 'lab.yaml', path: '', message: 'holds more than one document'});
  if (read.yaml.value === undefined) return;
  const checked = labSchema.safeParse(read.yaml.value, {reportInput: true});
  if (checked.success) read.file = checked.data;
  else
    for (const {path, message} of sayIssues(checked.error.issues))
      read.problems.push({file: 'lab.yaml', line: read.yaml.lineOf(path), path: sayPath(path), message});
}

function readText(read: ReadFiles, language: Language, source: string | undefined) {
  if (source === undefined) return void read.problems.push(missing(`${language}.md`));
  const parsed = parseText(`${language}.md`, source);
  read.texts[language] = parsed;
  read.problems.push(...parsed.problems);
}

function readManifest(read: ReadFiles, file: string, source: string) {
  read.manifests[file.slice('manifests/'.length)] = source;
  read.problems.push(...readYaml(file, withoutPlaceholders(source)).problems);
}

const missing = (file: string): Problem => ({file, path: '', message: 'is missing'});

/** The lab, as soon as there is something of every file. */
function completeLab({file, texts: {en, ja}, manifests}: ReadFiles): Lab | undefined {
  if (!file || !en || !ja) return undefined;
  const texts: Record<Language, LabText> = {en: en.text, ja: ja.text};
  return {...file, texts, manifests};
}

const otherFolder = ({id}: Lab, folder: string): Problem[] =>
  id === folder ? [] : [{file: 'lab.yaml', path: 'id', message: `is "${id}", but the folder is "${folder}"`}];

/** With its line, where a rule only knew the path, and the file's name as in a lab repository. */
function placed(problem: Problem, read: ReadFiles, folder: string): Problem {
  const line = problem.line ?? lineOf(problem, read);
  const file = problem.file.startsWith('manifests/')
    ? problem.file.replace('manifests/', `manifests/${folder}/`)
    : `labs/${folder}/${problem.file}`;
  return {file, ...(line === undefined ? {} : {line}), path: problem.path, message: problem.message};
}

function lineOf({file, path}: Problem, {yaml, texts}: ReadFiles): number | undefined {
  if (file === 'lab.yaml') return path === '' ? undefined : yaml?.lineOf(readPath(path));
  const language = languages.find(one => file === `${one}.md`);
  const lines = language && texts[language]?.lines;
  return lines?.get(path) ?? lines?.get(path.split('.')[0] ?? '');
}

function inOrder(problems: Problem[]): Problem[] {
  const files = [...new Set(problems.map(({file}) => file))];
  return problems.toSorted(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || (a.line ?? 0) - (b.line ?? 0),
  );
}
