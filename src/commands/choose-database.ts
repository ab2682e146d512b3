import type {Place} from '../engine/journal.ts';
import {ExpectedError, exitCodes} from '../errors.ts';
import {type DatabaseId, databaseIds} from '../lab/databases.ts';
import type {Lab} from '../lab/lab.ts';
import type {App} from './app.ts';

/**
 * The database that a lab runs, undefined where it runs none: the one it was begun with, else the one asked for.
 * @param begun where the lab was begun
 * @throws ExpectedError `database-differs` when it was begun with another one than is asked for
 */
export function chooseDatabase(
  {options: {database: asked}}: Pick<App, 'options'>,
  lab: Pick<Lab, 'id' | 'database'>,
  begun?: Pick<Place, 'database'>,
): DatabaseId | undefined {
  if (!lab.database) return undefined;
  const [usual] = databaseIds;
  if (!begun) return asked ?? usual;
  const {database = usual} = begun; // written before there was a choice
  if (asked === undefined || asked === database) return database;
  throw new ExpectedError(
    'database-differs',
    {lab: lab.id, begun: database, asked},
    {exitCode: exitCodes.usage},
  );
}
