import {Lexer} from 'marked';
import type {Problem} from '../errors.ts';
import type {LabText, StepText} from './lab.ts';

/** en.md or ja.md as read. `lines` has, by path (`scale`, `scale.hints[0]`), the line of its heading, from 1. */
export interface ParsedText {
  text: LabText;
  lines: Map<string, number>;
  problems: Problem[];
}

/**
 * Reads a lab's sentences: `# Title`, then `## <step>: <title>` for each step (a full-width colon will
 * do), within it `### hint`, `### option <id>`, `### question`, `### after`, `### milestone <id>` and `### because <key>`,
 * and at last `## debrief`, with or without `: <title>`. What cannot be understood becomes a problem
 * and is left out; nothing is thrown. Paths of problems are like `scale.hints[0]`.
 */
export function parseText(file: string, source: string): ParsedText {
  const parsed: ParsedText = {text: {title: '', intro: '', steps: {}}, lines: new Map(), problems: []};
  const reader: Reader = {
    ...parsed,
    problem: (line, path, message) => void parsed.problems.push({file, line, path, message}),
  };
  const sections = sectionsOf(source);
  readTitle(reader, sections);
  for (const section of sections) readSection(reader, section);
  return parsed;
}

/** A heading with all that stands below it, up to the next heading of a level from 1 to 3. */
interface Section {
  /** 0 for what stands before the first heading. */
  level: number;
  heading: string;
  line: number;
  body: string;
}

interface Reader {
  text: LabText;
  lines: Map<string, number>;
  problem(line: number, path: string, message: string): void;
  /** Where a `###` belongs to. */
  at?: 'intro' | 'debrief' | {id: string; step: StepText};
}

/** marked decides what is a heading: a `#` in a code fence, a list or a comment is not. */
function sectionsOf(source: string): Section[] {
  const text = source.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const sections: Section[] = [{level: 0, heading: '', line: 1, body: ''}];
  let line = 1;
  for (const token of new Lexer().blockTokens(text)) {
    const last = sections.at(-1);
    if (token.type === 'heading' && token.depth <= 3)
      sections.push({level: token.depth, heading: token.text.trim(), line, body: ''});
    else if (last) last.body += token.raw;
    line += token.raw.split('\n').length - 1;
  }
  return sections.map(section => ({...section, body: section.body.trim()}));
}

function readTitle({problem}: Reader, sections: Section[]) {
  const [before, first] = sections;
  if (before?.body) problem(1, '', 'there is text before the title');
  if (first?.level !== 1) problem(first?.line ?? 1, '', 'the first heading must be the title, as "# Title"');
}

function readSection(reader: Reader, section: Section) {
  if (section.level === 1) readIntro(reader, section);
  if (section.level === 2) readStep(reader, section);
  if (section.level === 3) readPart(reader, section);
}

function readIntro(reader: Reader, {heading, line, body}: Section) {
  if (reader.text.title) return reader.problem(line, '', `there is a second title, "${heading}"`);
  reader.text.title = heading;
  reader.text.intro = body;
  reader.at = 'intro';
}

function readStep(reader: Reader, {heading, line, body}: Section) {
  const {id, title} = /^(?<id>[a-z][a-z0-9-]*)\s*(?:[:：]\s*(?<title>.+))?$/.exec(heading)?.groups ?? {};
  delete reader.at;
  if (id === undefined || (title === undefined && id !== 'debrief'))
    return reader.problem(line, '', `the heading "${heading}" is not of the form "<step>: <title>"`);
  if (reader.lines.has(id)) return reader.problem(line, id, `${id} is here a second time`);
  if (reader.lines.has('debrief'))
    reader.problem(line, id, `${id} stands after the debrief, which comes last`);
  reader.lines.set(id, line);
  if (id === 'debrief') {
    reader.text.debrief = title === undefined ? body : `## ${title}\n\n${body}`.trim();
    reader.at = 'debrief';
    return;
  }
  const step: StepText = {title: title ?? '', body, hints: [], options: {}, milestones: {}, because: {}};
  reader.text.steps[id] = step;
  reader.at = {id, step};
}

function readPart(reader: Reader, section: Section) {
  const {at, text} = reader;
  if (at === undefined) return;
  if (at === 'intro') text.intro = join(text.intro, section);
  else if (at === 'debrief') text.debrief = join(text.debrief, section);
  else readPartOfStep(reader, at, section);
}

/** The intro and the debrief may have headings of their own. */
const join = (before = '', {heading, body}: Section) => `${before}\n\n### ${heading}\n\n${body}`.trim();

const parts = ['hint', 'option <id>', 'question', 'after', 'milestone <id>', 'because <key>'];

function readPartOfStep(
  reader: Reader,
  {id, step}: {id: string; step: StepText},
  {heading, line, body}: Section,
) {
  const [word = '', key = '', ...rest] = heading.split(/\s+/);
  const named = word === 'option' || word === 'milestone' || word === 'because';
  const known = named || word === 'hint' || word === 'question' || word === 'after';
  if (!known || rest.length > 0 || (key !== '') !== named)
    return reader.problem(line, id, `the heading "${heading}" is none of: ${parts.join(', ')}`);

  const path = `${id}.${pathOf(word, key, step)}`;
  if (reader.lines.has(path)) return reader.problem(line, path, `"${heading}" is here a second time`);
  if (body === '') reader.problem(line, path, `nothing stands under "${heading}"`);
  reader.lines.set(path, line);
  if (word === 'hint') step.hints.push(body);
  if (word === 'question') step.question = body;
  if (word === 'after') step.after = body;
  if (word === 'option') step.options[key] = body;
  if (word === 'milestone') step.milestones[key] = body;
  if (word === 'because') step.because[key] = body;
}

function pathOf(word: string, key: string, step: StepText): string {
  if (word === 'hint') return `hints[${step.hints.length}]`;
  if (word === 'option') return `options.${key}`;
  if (word === 'milestone') return `milestones.${key}`;
  return word === 'because' ? `because.${key}` : word;
}
