import {marked, type Token, type Tokens} from 'marked';
import type {Style} from './style.ts';
import {wrap} from './wrap.ts';

/** Markdown as lines for a terminal of so many columns. marked reads it; only the look is ours. */
export function renderMarkdown(markdown: string, width: number, style: Style): string[] {
  return blocks(marked.lexer(markdown), width, style);
}

function blocks(tokens: readonly Token[], width: number, style: Style): string[] {
  const rendered = tokens.map(token => block(token, width, style)).filter(lines => lines.length > 0);
  return rendered.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

function block(token: Token, width: number, style: Style): string[] {
  switch (token.type) {
    case 'heading':
      return wrap(style.bold(inline(token.tokens, style)), width);
    case 'code':
      return (token as Tokens.Code).text.split('\n').map(line => `    ${style.code(line)}`);
    case 'list':
      return list(token as Tokens.List, width, style);
    case 'blockquote':
      return blocks(token.tokens ?? [], width - 2, style).map(line => `${style.dim('│')} ${line}`);
    case 'hr':
      return [style.dim('─'.repeat(Math.min(width, 40)))];
    case 'table':
      return table(token as Tokens.Table, width, style);
    case 'space':
    case 'html':
      return [];
    default:
      return wrap('tokens' in token ? inline(token.tokens, style) : inline([token], style), width);
  }
}

function list(token: Tokens.List, width: number, style: Style): string[] {
  return token.items.flatMap((item, index) => {
    const mark = token.ordered ? `${Number(token.start || 1) + index}. ` : '• ';
    const lines = blocks(item.tokens, width - mark.length, style).filter(
      (line, at, all) => line !== '' || all[at + 1]?.startsWith('    '),
    );
    return lines.map((line, at) => (at === 0 ? mark : ' '.repeat(mark.length)) + line);
  });
}

/** Each row a line: lab texts have no tables that would need more. */
const table = ({header, rows}: Tokens.Table, width: number, style: Style): string[] =>
  [header, ...rows].flatMap(cells => wrap(cells.map(cell => inline(cell.tokens, style)).join('  '), width));

function inline(tokens: readonly Token[] | undefined, style: Style): string {
  return (tokens ?? [])
    .map(token => {
      const inner = () => ('tokens' in token && token.tokens ? inline(token.tokens, style) : plain(token));
      if (token.type === 'strong') return style.bold(inner());
      if (token.type === 'em') return style.bold(inner());
      if (token.type === 'codespan') return style.code(plain(token));
      if (token.type === 'br') return '\n';
      if (token.type === 'link')
        return (token as Tokens.Link).href === plain(token)
          ? plain(token)
          : `${inner()} (${(token as Tokens.Link).href})`;
      return joined(inner());
    })
    .join('');
}

const plain = (token: Token): string => ('text' in token ? String(token.text) : token.raw);

/** A line end within a paragraph is a space, but between Japanese characters it is nothing. */
const joined = (text: string) => text.replace(/(\P{ASCII})\n(?=\P{ASCII})/gu, '$1').replace(/\n/g, ' ');
