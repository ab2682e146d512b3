import type {Flavour} from '../flavour.ts';
import {tokenize} from './tokens.ts';

/** A statement of a script, without its delimiter, and the line it begins on, counted from 1. */
export interface ScriptStatement {
  sql: string;
  line: number;
}

/** Cuts a script into statements at ; outside of strings, names and comments. */
export function splitScript(script: string, flavour: Flavour): ScriptStatement[] {
  const ends = tokenize(script, flavour).filter(
    ({kind, text}) => kind === 'end' || (kind === 'symbol' && text === ';'),
  );
  let start = 0;
  const statements = ends.map(end => {
    const raw = script.slice(start, end.start);
    const sql = raw.trim();
    const line = script.slice(0, start + (raw.length - raw.trimStart().length)).split('\n').length;
    start = end.end;
    return {sql, line};
  });
  return statements.filter(({sql}) => tokenize(sql, flavour).length > 1);
}
