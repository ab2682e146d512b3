import {describe} from 'vitest';
import {because, lacking} from '../contract/real-cluster.ts';
import {clusterName, deleteCluster, leftBehind} from '../helpers/k3d.ts';
import {newLearner} from '../helpers/learner.ts';
import {silentApp} from '../helpers/play.ts';
import {labsSuite} from './labs-suite.ts';

const cluster = clusterName('labs');

describe.skipIf(lacking.length > 0)(`labs on a k3d cluster${because}`, () => {
  labsSuite(async () => {
    const learner = await newLearner();
    return {
      learner,
      app: silentApp(learner.env, {provider: 'k3d', cluster}),
      leftBehind: kubeconfig => leftBehind(cluster, kubeconfig),
      async leave() {
        await deleteCluster(cluster);
        await learner.leave();
      },
    };
  });
});
