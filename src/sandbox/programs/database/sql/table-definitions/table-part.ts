import {parseColumn} from './columns.ts';
import {parseConstraint} from './constraints.ts';
import type {DefinitionContext, TableParts} from './parts.ts';

/** One column, key or constraint. @throws SqlError */
export function parseTablePart(context: DefinitionContext, parts: TableParts) {
  const {cursor} = context.translation;
  if (!parseConstraint(context, parts)) parts.columns.push(parseColumn(context, cursor.name(), parts));
}
