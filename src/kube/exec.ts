import type {LookAnswer, LookRequest} from '../engine/ports.ts';
import {ExpectedError} from '../errors.ts';
import {lookLimit} from './look-limit.ts';
import {type Environment, ProgramFailed, runProgram} from './program.ts';

export type ExecRequest = Omit<Extract<LookRequest, {type: 'exec'}>, 'type'> & {
  kubeconfig: string;
  env: Environment;
};

/**
 * Runs a program in a Pod, through kubectl: client-node's own exec can end before the program has.
 * A program that failed, and a Pod or container that is not there to ask, are answers.
 * @throws ExpectedError `forbidden`; ProgramFailed when nobody could be asked (API or kubelet out of reach)
 */
export async function execInPod(
  {pod, container, command, kubeconfig, env}: ExecRequest,
  signal: AbortSignal,
): Promise<LookAnswer> {
  const args = [
    ...['exec', '--quiet', '--kubeconfig', kubeconfig, '--namespace', pod.namespace ?? 'default', pod.name],
    ...(container === undefined ? [] : ['--container', container]),
    ...['--', ...command],
  ];
  const ended = await runProgram('kubectl', args, {env, signal, timeout: lookLimit});
  const answer = {object: pod.name, ok: ended.exitCode === 0, text: ended.output.replace(exitLine, '')};
  if (answer.ok || exitLine.test(ended.stderr) || nothingToAsk.test(ended.stderr)) return answer;
  const cause = new ProgramFailed('kubectl', args, ended);
  if (!ended.stderr.includes('(Forbidden)')) throw cause;
  const where = pod.namespace === undefined ? {} : {namespace: pod.namespace};
  throw new ExpectedError(
    'forbidden',
    {verb: 'create', resource: 'pods/exec', ...where, detail: cause.message},
    {cause},
  );
}

/** kubectl's own last line after the program's. Without it a failure is kubectl's. */
const exitLine = /(?:^|\n)command terminated with exit code \d+\s*$/;

/** No such Pod, container or program; the Pod has not been placed or has ended; its container does not run just now. */
const nothingToAsk = new RegExp(
  [
    ...['\\(NotFound\\)', 'does not have a host assigned', 'completed pod', 'is not valid for pod'],
    ...[
      'container not found',
      'container is in CONTAINER_\\w+ state',
      'container .* is not running',
      'OCI runtime exec failed',
    ],
  ].join('|'),
);
