import {z} from 'zod';
import type {NodeInfo} from '../../engine/ports.ts';
import {ProgramFailed} from '../../kube/program.ts';
import {answerOf} from './answer.ts';
import type {Programs} from './programs.ts';

const node = z.object({
  /** The machine's, which is also the Node object's and the container's. */
  Name: z.string(),
  Host: z.string(),
  APIServer: z.string(),
  Worker: z.boolean(),
});

/** minikube gives one node as it is, several in an array, and null where a profile has none yet. */
const status = z.preprocess(
  given => (Array.isArray(given) ? given : given === null ? [] : [given]),
  z.array(node),
);

/** How a profile is. */
export interface ProfileStatus {
  nodes: NodeInfo[];
  /** Does its API server run? */
  running: boolean;
}

/** Exit codes are sums of 1 (a machine), 2 (the cluster) and 4 (Kubernetes is not well), and the status is told all the same. */
const told = 1 + 2 + 4;

/** Exits with it where there is no such profile. */
const missing = 85;

/** Undefined where there is no such profile (any more). @throws ExpectedError `answer-unknown`; ProgramFailed */
export async function profileStatus(
  {tryMinikube}: Programs,
  profile: string,
  signal: AbortSignal,
): Promise<ProfileStatus | undefined> {
  const args = ['status', '--profile', profile, '--output', 'json'];
  const ended = await tryMinikube(args, {signal});
  if (ended.exitCode === missing) return undefined;
  if (ended.exitCode > told) throw new ProgramFailed('minikube', args, ended);
  return parseStatus(ended.stdout);
}

export function parseStatus(text: string): ProfileStatus {
  const nodes = answerOf(status, 'minikube status', text);
  return {
    nodes: nodes.map(({Name, Host, Worker}) => ({
      name: Name,
      role: Worker ? 'agent' : 'server',
      running: Host === 'Running',
    })),
    running: nodes.some(
      ({Worker, Host, APIServer}) => !Worker && Host === 'Running' && APIServer === 'Running',
    ),
  };
}
