/** A word, or one of the marks that label selectors are made of; the end has no text. */
export interface Token {
  kind: 'identifier' | 'end' | '(' | ')' | ',' | '!' | '=' | '==' | '!=' | '>' | '<';
  text: string;
}

const marks = /==|!=|[()!,=<>]|[^\s()!,=<>]+/g;

/** The tokens of a label selector, the last of which is the end. */
export function labelTokens(text: string): Token[] {
  const tokens = [...text.matchAll(marks)].map(([found]): Token => ({kind: kindOf(found), text: found}));
  return [...tokens, {kind: 'end', text: ''}];
}

const kindOf = (text: string): Token['kind'] =>
  /^[()!,=<>]+$/.test(text) ? (text as Token['kind']) : 'identifier';
