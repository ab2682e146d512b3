import LineBreaker from 'linebreak';
import stringWidth from 'string-width';

/**
 * Breaks a paragraph into lines of at most `width` columns, where the Unicode line breaking rules allow it:
 * at spaces, and between Japanese characters but not before a 、 or 。. Colour codes take no room.
 */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap(line => wrapLine(line, Math.max(width, 10)));
}

function wrapLine(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text)) {
    if (line !== '' && stringWidth(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
    while (stringWidth(line.trimEnd()) > width) {
      const head = fitting(line, width);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return [...lines, line.trimEnd()];
}

/**
 * The parts between which a line may break. Names and paths stay whole: between two ASCII characters the rules
 * would break after a hyphen or a slash, and a learner could not copy the name any more.
 */
function pieces(text: string): string[] {
  // The rules know signs that never begin a line, not even after a space; a path may.
  return text.split(/(?<= )(?! )/).flatMap(piecesOfWord);
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

/** The longest beginning that fits; at least one character. */
function fitting(text: string, width: number): string {
  let head = '';
  for (const {segment} of new Intl.Segmenter().segment(text)) {
    if (head !== '' && stringWidth(head + segment) > width) break;
    head += segment;
  }
  return head;
}

/** Cut to a width, with an ellipsis where something was cut. */
export function truncate(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  return `${fitting(text, Math.max(width - 1, 1))}…`;
}
