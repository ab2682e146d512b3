import type {Ended, Environment} from '../../kube/program.ts';
import {lastLine} from '../../kube/program.ts';
import {type Docker, dockerPrograms, plainLine, type Run, withDocker} from '../docker/programs.ts';

/** K3D_* of the learner's environment reach k3d too. */
export interface Programs extends Docker {
  /** @throws ExpectedError `docker-down`, `program-missing`; ProgramFailed */
  k3d(args: readonly string[], options: Run): Promise<Ended>;
}

/** @param nobodys a kubeconfig file that does not exist: `k3d cluster delete` tidies up in the default one, which is the learner's */
export const programs = (env: Environment, nobodys: string): Programs => ({
  ...dockerPrograms(env),
  k3d: withDocker('k3d', {...env, KUBECONFIG: nobodys}),
});

/** Hands on what k3d does, but not its advice on how to use a cluster: with statelab that goes another way. */
export const tellSteps = (progress: (line: string) => void) => (line: string) => {
  const step = plainLine(line);
  if (step !== line.trim() && !step.startsWith('You can now use it')) progress(step);
};

/** The line that tells the reason: k3d ends with what it did about it. */
export function reasonOf({stderr}: Pick<Ended, 'stderr'>): string {
  const lines = stderr.split('\n');
  const reason = lines.find(line => /ERRO|FATA/.test(line)) ?? lastLine(stderr);
  return plainLine(reason);
}
