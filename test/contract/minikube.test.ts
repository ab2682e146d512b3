import {describe} from 'vitest';
import {because, lacking, minikubeMachine as machine, minikube, standardClass} from '../helpers/minikube.ts';
import {containerClusters} from './container-clusters.ts';
import {docker} from './real-cluster.ts';

describe.skipIf(lacking.length > 0)(`minikube${because}`, () => {
  containerClusters({
    machine,
    nodes: profile => ({server: profile, agent: `${profile}-m02`}),
    defaultClass: standardClass,
    async restartServer(server) {
      // The container is more than the API server: restarted past minikube, it would not come back as it was.
      await docker('exec', server, 'pkill', '-f', '^kube-apiserver');
    },
    async stop(real) {
      await minikube(real, 'stop');
    },
    unmakable: {env: {MINIKUBE_BASE_IMAGE: 'statelab.invalid/none:1'}},
    steps: ['Creating docker container', 'Preparing Kubernetes'],
    label: profile => `name.minikube.sigs.k8s.io=${profile}`,
  });
});
