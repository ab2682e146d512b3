import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';
import {required} from './field-errors.ts';
import {immutable} from './immutable.ts';
import {nonNegative} from './numbers.ts';

export const controllerRevisions: Strategy<Of<'controllerrevisions.apps'>> = {
  validate: ({revision, data}) => [
    ...nonNegative('revision', revision),
    ...(data ? [] : [required('data', 'data is mandatory')]),
  ],
  validateUpdate: ({data}, before) => immutable('data', data, before.data),
};
