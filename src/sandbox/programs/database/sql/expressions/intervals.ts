import {type Piece, piece, type Translation, translateExpression} from '../translation.ts';
import {text} from '../values.ts';

/** INTERVAL amount unit. */
export function translateInterval(translation: Translation): {amount: Piece; unit: string} {
  translation.cursor.expect('interval');
  const amount = translateExpression(translation, 7);
  return {amount, unit: translation.cursor.name().toLowerCase()};
}

/** INTERVAL amount unit + date. */
export function intervalFirst(translation: Translation): Piece {
  const {amount, unit} = translateInterval(translation);
  translation.cursor.expect('+');
  const date = translateExpression(translation, 11);
  return piece(`date_add(${date.sql}, ${amount.sql}, '${unit}')`, text);
}
