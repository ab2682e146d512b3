import type {App} from './app.ts';

/**
 * What a program needs to work in a lab, at the prompt, for solve and in another terminal: where the lab is, and that nodes
 * may be stopped where the learner has allowed it.
 * @param lab its id
 */
export const labEnvironment = (
  {options, work}: Pick<App, 'options' | 'work'>,
  lab: string,
  kubeconfig: string,
): Record<string, string> => ({
  KUBECONFIG: kubeconfig,
  STATELAB_LAB: lab,
  STATELAB_DIR: work.directory(lab),
  ...(options.allowNodeOperations ? {STATELAB_ALLOW_NODE_OPERATIONS: '1'} : {}),
});
