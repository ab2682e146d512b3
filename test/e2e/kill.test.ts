import {describe} from 'vitest';
import {because, lacking} from '../contract/real-cluster.ts';
import {clusterName} from '../helpers/k3d.ts';
import {k3dPlace} from '../helpers/places.ts';
import {killSuite} from './kill-suite.ts';

describe.skipIf(lacking.length > 0)(`statelab is killed on a k3d cluster${because}`, () => {
  killSuite(async () => ({
    ...(await k3dPlace('kill')),
    where: ['--provider', 'k3d', '--cluster', clusterName('kill')],
  }));
});
