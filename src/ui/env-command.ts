import type {GlobalOptions} from '../commands/app.ts';
import type {Outside} from '../outside.ts';
import {shellWord} from '../shell-word.ts';

/** The command that tells another terminal what it needs to work in this lab, as it may be called there. */
export const envCommand = (
  {ownDirectory}: Pick<Outside, 'ownDirectory'>,
  {allowNodeOperations}: Pick<GlobalOptions, 'allowNodeOperations'>,
): string =>
  [
    ownDirectory === undefined ? 'statelab' : shellWord(`${ownDirectory}/statelab`),
    'env',
    ...(allowNodeOperations ? ['--allow-node-operations'] : []),
  ].join(' ');
