/**
 * Where Go's decoder stops at what is no padded base64, in characters from the start. Undefined when all is well.
 * Line breaks are ignored.
 */
export function illegalBase64At(text: string): number | undefined {
  let inQuantum = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (isLineBreak(character)) continue;
    if (character === '=') return inQuantum < 2 ? at : illegalPaddingAt(text, at, inQuantum);
    if (!/[A-Za-z0-9+/]/.test(character)) return at;
    inQuantum = (inQuantum + 1) % 4;
  }
  return inQuantum === 0 ? undefined : text.length - inQuantum;
}

/** @param first where the first = is */
function illegalPaddingAt(text: string, first: number, inQuantum: number): number | undefined {
  const rest = [...text.slice(first + 1)].flatMap((character, index) =>
    isLineBreak(character) ? [] : [{character, at: first + 1 + index}],
  );
  if (inQuantum === 2) {
    const second = rest.shift();
    if (!second) return text.length;
    if (second.character !== '=') return second.at;
  }
  return rest[0]?.at;
}

const isLineBreak = (character: string) => character === '\n' || character === '\r';
