import {describe} from 'vitest';
import {killSuite} from '../e2e/kill-suite.ts';
import {sandboxPlace} from '../helpers/places.ts';

describe('statelab is killed on a sandbox', () => {
  killSuite(async () => ({
    ...(await sandboxPlace('kill', 10)),
    where: ['--provider', 'sandbox', '--cluster', 'kill'],
  }));
});
