import LineBreaker from 'linebreak';
import stringWidth from 'string-width';

/**
 * Breaks a paragraph into lines of at most `width` columns, where the Unicode line breaking rules allow it:
 * at spaces, and between Japanese characters but not before a 、 or 。. Colour codes take no room.
 */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap(line => wrapLine(line, Math.max(width, 10)));
}

/** Lines are broken as they are seen; the colour codes come back afterwards, so that no line ends within one. */
function wrapLine(text: string, width: number): string[] {
  const {visible, codes} = apart(text);
  const ends = lineEnds(visible, width);
  return ends.map((end, index) => {
    const from = ends[index - 1] ?? 0;
    const isLast = index === ends.length - 1;
    const begins = ({at, code}: Code) => at > from || (at === from && (index === 0 || !closing.test(code)));
    const ended = ({at, code}: Code) => at < end || (at === end && (isLast || closing.test(code)));
    const here = codes.filter(code => begins(code) && ended(code));
    return coloured(visible.slice(from, end).trimEnd(), from, here);
  });
}

interface Code {
  /** How many visible characters stand before it. */
  at: number;
  code: string;
}

const esc = '\u001b';
const colourCode = new RegExp(`${esc}\\[[\\d;]*m`, 'g');
/** The codes that take a colour or a style back. */
const closing = /\[(0|2\d|39|49)?m$/;

function apart(text: string): {visible: string; codes: Code[]} {
  const codes: Code[] = [];
  let removed = 0;
  const visible = text.replace(colourCode, (code, offset: number) => {
    codes.push({at: offset - removed, code});
    removed += code.length;
    return '';
  });
  return {visible, codes};
}

/** Puts codes back into a part of the visible text that begins at `from`; those behind its end stand at its end. */
function coloured(part: string, from: number, codes: readonly Code[]): string {
  let result = '';
  let done = 0;
  for (const {at, code} of codes) {
    const place = Math.min(Math.max(at - from, 0), part.length);
    result += part.slice(done, place) + code;
    done = place;
  }
  return result + part.slice(done);
}

/** Where each line of a text ends; the next begins there. */
function lineEnds(text: string, width: number): number[] {
  const ends: number[] = [];
  let from = 0;
  let at = 0;
  for (const piece of pieces(text)) {
    if (at > from && stringWidth(text.slice(from, at) + piece.trimEnd()) > width) {
      ends.push(at);
      from = at;
    }
    at += piece.length;
    while (stringWidth(text.slice(from, at).trimEnd()) > width) {
      from += fitting(text.slice(from, at), width).length;
      ends.push(from);
    }
  }
  return [...ends, at];
}

/**
 * The parts between which a line may break. Names and paths stay whole: between two ASCII characters the rules
 * would break after a hyphen or a slash, and a learner could not copy the name any more.
 */
function pieces(text: string): string[] {
  // A line may break before a path, after a space and after Japanese, though by the rules a slash never begins one.
  return text
    .split(/(?<= )(?! )|(?<=[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}])(?=\/\w)/u)
    .flatMap(piecesOfWord);
}

function piecesOfWord(text: string): string[] {
  const found: string[] = [];
  const breaker = new LineBreaker(text);
  let from = 0;
  for (let at = breaker.nextBreak(); at; at = breaker.nextBreak()) {
    if (/[!-~][!-~]/.test(text.slice(at.position - 1, at.position + 1))) continue;
    found.push(text.slice(from, at.position));
    from = at.position;
  }
  return from < text.length ? [...found, text.slice(from)] : found;
}

/** The longest beginning that fits, at least one character; what follows it may begin a line. */
function fitting(text: string, width: number): string {
  let head = '';
  let before = '';
  for (const {segment} of new Intl.Segmenter().segment(text)) {
    if (head !== '' && stringWidth(head + segment) > width) {
      return /^[、。」』)？！]/.test(segment) && before !== '' ? before : head;
    }
    before = head;
    head += segment;
  }
  return head;
}

/** Cut to a width, with an ellipsis where something was cut. Colours end where they did. */
export function truncate(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  const {visible, codes} = apart(text);
  return coloured(`${fitting(visible, Math.max(width - 1, 1))}…`, 0, codes);
}
