import {type Piece, piece, type Translation, translateExpression} from '../translation.ts';
import {int, text} from '../values.ts';
import {between, isTest, like, negated, within} from './comparisons.ts';
import {bitwiseXor, divide, exclusiveOr, infix, integerDivision, type Operator, sum} from './infix.ts';
import {product, wider} from './kinds.ts';
import {primary} from './primary.ts';

/** Binary operators by binding power, as MySQL has them. */
const operators: readonly (readonly [power: number, words: readonly string[], operator: Operator])[] = [
  [1, ['or'], infix('OR', () => int)],
  [1, ['||'], infix('OR', () => int)],
  [2, ['xor'], exclusiveOr],
  [3, ['and'], infix('AND', () => int)],
  [3, ['&&'], infix('AND', () => int)],
  [6, ['<=>'], infix('IS', () => int)],
  [6, ['>='], infix('>=', () => int)],
  [6, ['<='], infix('<=', () => int)],
  [6, ['<>'], infix('<>', () => int)],
  [6, ['!='], infix('<>', () => int)],
  [6, ['='], infix('=', () => int)],
  [6, ['>'], infix('>', () => int)],
  [6, ['<'], infix('<', () => int)],
  [6, ['is'], isTest],
  [6, ['between'], between],
  [6, ['in'], within],
  [6, ['like'], like],
  [6, ['regexp'], infix('REGEXP', () => int)],
  [6, ['rlike'], infix('REGEXP', () => int)],
  [6, ['not'], negated],
  [7, ['|'], infix('|', () => int)],
  [8, ['&'], infix('&', () => int)],
  [9, ['<<'], infix('<<', () => int)],
  [9, ['>>'], infix('>>', () => int)],
  [10, ['+'], sum('+')],
  [10, ['-'], sum('-')],
  [11, ['*'], infix('*', product)],
  [11, ['/'], divide],
  [11, ['div'], integerDivision],
  [11, ['%'], infix('%', wider)],
  [11, ['mod'], infix('%', wider)],
  [12, ['^'], bitwiseXor],
  [16, ['->'], infix('->', () => text)],
  [16, ['->>'], infix('->>', () => text)],
  [16, ['collate'], collate],
];

/** Operands and the operators between them: `Grammar.expression`. */
export function binary(translation: Translation, least: number): Piece {
  let left = prefix(translation);
  for (;;) {
    const found = operators.find(([power, words]) => power >= least && translation.cursor.at(...words));
    if (!found) return left;
    translation.cursor.next();
    left = found[2](left, translation, found[0]);
  }
}

function prefix(translation: Translation): Piece {
  const {cursor} = translation;
  if (cursor.accept('not')) return piece(`(NOT ${translateExpression(translation, 5).sql})`, int);
  if (cursor.accept('!')) return piece(`(NOT ${translateExpression(translation, 14).sql})`, int);
  if (cursor.accept('~')) return piece(`(~ ${translateExpression(translation, 13).sql})`, int);
  if (cursor.accept('+')) return translateExpression(translation, 13);
  if (cursor.accept('-')) {
    const operand = translateExpression(translation, 13);
    return piece(`(- ${operand.sql})`, operand.kind);
  }
  if (cursor.at('binary') && cursor.peek(1).text !== '(') {
    cursor.next();
    return piece(`(${translateExpression(translation, 15).sql} COLLATE BINARY)`, text);
  }
  return primary(translation);
}

function collate(left: Piece, {cursor}: Translation): Piece {
  const name = cursor.text();
  return piece(`(${left.sql} COLLATE ${/_bin$|^binary$/.test(name) ? 'BINARY' : 'NOCASE'})`, left.kind);
}
