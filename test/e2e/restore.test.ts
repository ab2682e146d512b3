import {describe} from 'vitest';
import {because, lacking} from '../contract/real-cluster.ts';
import {k3dPlace} from '../helpers/places.ts';
import {restoreSuite} from './restore-suite.ts';

describe.skipIf(lacking.length > 0)(`a reset on a k3d cluster${because}`, () => {
  restoreSuite(() => k3dPlace('restore'));
});
