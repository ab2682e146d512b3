import type {Cursor} from './cursor.ts';
import {binary} from './expressions/operators.ts';
import {fullQuery} from './queries/query.ts';
import {type Grammar, newTranslation, type Surroundings, type Translation} from './translation.ts';

const grammar: Grammar = {expression: binary, query: fullQuery};

/** A statement's translation, at its beginning. */
export const translationOf = (cursor: Cursor, surroundings: Surroundings): Translation =>
  newTranslation(cursor, surroundings, grammar);
