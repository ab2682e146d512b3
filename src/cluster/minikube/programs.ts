import {parseArgsStringToArgv} from 'string-argv';
import {type Ended, type Environment, type ProgramOptions, runProgram} from '../../kube/program.ts';
import {type Docker, dockerPrograms, type Run, withDocker} from '../docker/programs.ts';

/** MINIKUBE_* of the learner's environment reach minikube, and so do its own settings, below MINIKUBE_HOME. */
export interface Programs extends Docker {
  /** @throws ExpectedError `docker-down`, `program-missing`; ProgramFailed */
  minikube(args: readonly string[], options: Run): Promise<Ended>;
  /** minikube's answer is wanted also when its exit code is not 0. */
  tryMinikube(args: readonly string[], options: Omit<ProgramOptions, 'env'>): Promise<Ended>;
  /** What the learner adds to `minikube start`. */
  flags: readonly string[];
  /** The kubeconfig that minikube writes to and switches contexts in, so that it lets the learner's be. */
  kubeconfig: string;
}

/** @param kubeconfig a file of statelab's own; it need not exist */
export function programs(env: Environment, kubeconfig: string): Programs {
  const minikubes = {...env, KUBECONFIG: kubeconfig};
  return {
    ...dockerPrograms(env),
    minikube: withDocker('minikube', minikubes),
    tryMinikube: (args, options) => runProgram('minikube', args, {...options, env: minikubes}),
    flags: parseArgsStringToArgv(env.STATELAB_MINIKUBE_FLAGS ?? ''),
    kubeconfig,
  };
}
