import semver from 'semver';
import {ExpectedError} from '../errors.ts';
import {type Environment, mustRun} from './program.ts';

/** The version of the kubectl on PATH, e.g. v1.35.4. @throws ExpectedError `program-missing` */
export async function kubectlVersion(env: Environment, signal: AbortSignal): Promise<string> {
  const {stdout} = await mustRun('kubectl', ['version', '--client', '-o', 'json'], {
    env,
    signal,
    timeout: 10_000,
  });
  return (JSON.parse(stdout) as {clientVersion: {gitVersion: string}}).clientVersion.gitVersion;
}

/**
 * kubectl is made for servers up to one minor version away. A newer one does no harm in these labs; one
 * that is older by more prints and sends what the server no longer understands.
 * @param server its version, e.g. v1.35.4+k3s1
 * @param oldest the oldest client that works all the same, where that is known
 * @throws ExpectedError `kubectl-skew`
 */
export function checkSkew(client: string, server: string, oldest?: string): void {
  const [mine, theirs] = [semver.coerce(client), semver.coerce(server)];
  if (!mine || !theirs || mine.major !== theirs.major) return;
  const minimum = oldest ?? `v${theirs.major}.${theirs.minor - 1}`;
  if (mine.minor >= (semver.coerce(minimum)?.minor ?? 0)) return;
  throw new ExpectedError('kubectl-skew', {client, server, minimum});
}
