import {join} from 'node:path';
import {minikubeProvider} from '../../src/cluster/minikube/index.ts';
import {mustRun} from '../../src/kube/program.ts';
import type {DefaultClass} from '../../src/lab/needs.ts';
import {machineWith, patience, type RealCluster} from '../contract/real-cluster.ts';

export const minikubeMachine = machineWith('minikube', minikubeProvider);
export const {lacking, because} = minikubeMachine;

/** minikube's own. */
export const standardClass: DefaultClass = {
  name: 'standard',
  provisioner: 'k8s.io/minikube-hostpath',
  bindingMode: 'Immediate',
  volumes: 'empty',
};

/** What tells of minikube on this machine: what it has downloaded is in its home, and some machines need more flags. */
export function minikubeOf({HOME = '', MINIKUBE_HOME = HOME, STATELAB_MINIKUBE_FLAGS}: NodeJS.ProcessEnv) {
  return {MINIKUBE_HOME, ...(STATELAB_MINIKUBE_FLAGS === undefined ? {} : {STATELAB_MINIKUBE_FLAGS})};
}

/** Past statelab, and past the learner's kubeconfig, which minikube would change. */
export const minikube = async ({name, options}: RealCluster, ...args: string[]): Promise<string> =>
  (
    await mustRun('minikube', [...args, '--profile', name], {
      env: {...options.env, KUBECONFIG: join(options.stateDirectory, 'none')},
      signal: patience(),
    })
  ).stdout;
