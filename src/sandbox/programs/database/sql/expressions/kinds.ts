import type {Piece} from '../translation.ts';
import {decimal, double, int, type Kind, text} from '../values.ts';

/** An operation's kind: never NULL when neither side is. */
export const nullable = (kind: (left: Kind, right: Kind) => Kind, left: Kind, right: Kind): Kind => ({
  ...kind(left, right),
  notNull: (left.notNull ?? false) && (right.notNull ?? false),
});

/** Of two numbers' kinds the one that holds both. */
export function wider(left: Kind, right: Kind): Kind {
  if ([left, right].some(({is}) => is !== 'int' && is !== 'decimal' && is !== 'null')) return double;
  const scale = Math.max(left.scale ?? 0, right.scale ?? 0);
  return left.is === 'decimal' || right.is === 'decimal' ? decimal(scale) : int;
}

/** The kind of a product: as many digits behind the point as both factors have together. */
export function product(left: Kind, right: Kind): Kind {
  const kind = wider(left, right);
  return kind.is === 'decimal' ? decimal((left.scale ?? 0) + (right.scale ?? 0)) : kind;
}

/** The kind of a choice between expressions. */
export function commonKind(pieces: readonly Piece[]): Kind {
  const kinds = pieces.map(one => one.kind()).filter(({is}) => is !== 'null');
  const [first = text] = kinds;
  if (kinds.every(kind => kind.is === first.is && kind.scale === first.scale)) return first;
  return kinds.every(({is}) => is === 'int' || is === 'decimal' || is === 'double')
    ? kinds.reduce(wider)
    : text;
}
