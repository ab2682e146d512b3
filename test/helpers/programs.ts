import {chmodSync, copyFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {onTestFinished} from 'vitest';
import {emptyDirectory} from './directory.ts';
import {type Learner, newLearner} from './learner.ts';

const fixtures = fileURLToPath(new URL('../fixtures/programs', import.meta.url));

/** What is to be found on a machine, by the name of its fixture. A program that is not named is not installed. */
export interface Installed {
  kubectl?:
    | 'kubectl-that-tells-its-version'
    | 'kubectl-of-long-ago'
    | 'kubectl-that-does-not-run'
    | 'kubectl-that-says-something-else';
  docker?:
    | 'docker-that-runs'
    | 'docker-that-loads'
    | 'docker-whose-nodes-stop'
    | 'docker-with-a-mark'
    | 'docker-without-daemon'
    | 'docker-on-a-small-machine';
  k3d?: 'k3d-that-creates-forever' | 'k3d-with-a-cluster';
  minikube?: 'minikube-without-home' | 'minikube-with-a-torn-profile';
  npm?: 'npm-that-installs-a-layer' | 'npm-without-network';
}

/** A PATH with these programs and no others. */
export function pathOf(installed: Installed): string {
  const directory = emptyDirectory();
  for (const [program, fixture] of Object.entries(installed)) {
    copyFileSync(join(fixtures, fixture), join(directory, program));
    chmodSync(join(directory, program), 0o755);
  }
  return directory;
}

/** A learner on a machine with these programs, without a terminal; leaves when the test is over. */
export async function learnerWith(installed: Installed = {}, env: NodeJS.ProcessEnv = {}): Promise<Learner> {
  const learner = await newLearner({PATH: pathOf(installed), ...env});
  onTestFinished(() => learner.leave());
  return learner;
}
