import {join, resolve} from 'node:path';
import envPaths from 'env-paths';

/** Where statelab keeps what is its own. All are absolute; none need exist. */
export interface Places {
  /** The journals. What is in here is worth a backup. */
  journals: string;
  /** statelab's kubeconfigs, which a cluster can give again. */
  kubeconfigs: string;
  /** The sandboxes: their objects and the files on their nodes, one directory each. */
  sandboxes: string;
  /** What can be fetched again. */
  cache: string;
  /** What a bundle that was loaded says of the clusters to be made. */
  bundle: string;
  /** Programs that had to be fetched, or came with a bundle. */
  programs: string;
  /** The directory for the manifests of a lab, with their variables filled in: the learner works there. */
  work(lab: string): string;
}

/**
 * The places by the conventions of the system (Linux: XDG), or all of them below STATELAB_HOME.
 * @param native what the system says; a parameter because env-paths reads the environment and the
 * platform of the process when it is imported, so that only a child process can show it another one
 */
export function placesOf(
  env: Record<string, string | undefined>,
  native: NativePaths = nativePaths(),
): Places {
  const home = env.STATELAB_HOME && resolve(env.STATELAB_HOME);
  const {data, state, cache} = home
    ? {data: join(home, 'data'), state: join(home, 'state'), cache: join(home, 'cache')}
    : native;
  return {
    journals: join(data, 'journals'),
    kubeconfigs: join(state, 'kubeconfigs'),
    sandboxes: join(data, 'sandboxes'),
    cache,
    bundle: join(data, 'bundle.json'),
    programs: join(cache, 'bin'),
    work: lab => join(data, 'labs', lab),
  };
}

export interface NativePaths {
  data: string;
  state: string;
  cache: string;
}

/** Only Linux has a place for state of its own, XDG_STATE_HOME; env-paths gives it for logs. */
function nativePaths(): NativePaths {
  const {data, cache, log} = envPaths('statelab', {suffix: ''});
  return {data, cache, state: process.platform === 'linux' ? log : join(data, 'state')};
}
