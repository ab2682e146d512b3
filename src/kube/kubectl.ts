import semver from 'semver';
import {z} from 'zod';
import {ExpectedError} from '../errors.ts';
import {problemsOf} from './problems.ts';
import {type Environment, mustRun, ProgramFailed} from './program.ts';

/** The version of the kubectl on PATH, e.g. v1.35.4. @throws ExpectedError `program-missing`, `kubectl-broken` */
export async function kubectlVersion(env: Environment, signal: AbortSignal): Promise<string> {
  try {
    const args = ['version', '--client', '-o', 'json'];
    const {stdout} = await mustRun('kubectl', args, {env, signal, timeout: 10_000});
    return told.parse(JSON.parse(stdout)).clientVersion.gitVersion;
  } catch (error) {
    if (error instanceof z.ZodError) throw broken(problemsOf(error), error);
    if (error instanceof ProgramFailed || error instanceof SyntaxError) throw broken(error.message, error);
    throw error;
  }
}

const broken = (detail: string, cause: Error) => new ExpectedError('kubectl-broken', {detail}, {cause});

/** As far as it is looked into. */
const told = z.object({clientVersion: z.object({gitVersion: z.string()})});

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
