import {describe} from 'vitest';
import {because, lacking} from '../../contract/real-cluster.ts';
import {k3dPlace} from '../../helpers/places.ts';
import {labsSuite} from '../labs-suite.ts';

describe.skipIf(lacking.length > 0)(`labs on a k3d cluster${because}`, () => {
  labsSuite('claims', () => k3dPlace('claims'));
});
