import type {NodeMachine, NodeMachines} from '../node/machine.ts';
import type {ExitStatus} from '../programs/program.ts';
import {StatusError} from '../status-error.ts';

/** What a sandbox tells of itself, beside Kubernetes' API. */
export interface SandboxReport {
  name: string;
  pid: number;
  speed: number;
  machines: {name: string; role: 'server' | 'agent'; running: boolean}[];
}

/** The output of a program that ran on a node. */
export interface NodeOutput {
  exitCode: number;
  output: string;
}

export interface ControlOptions {
  name: string;
  speed: number;
  machines: NodeMachines;
  /** Runs a program on a node that is switched on, with its output collected. */
  run(machine: NodeMachine, command: readonly string[], output: (chunk: Buffer) => void): Promise<ExitStatus>;
  /** Ends the process, once the answer is out. */
  shutdown(): void;
}

/** Where these calls live, beside /api and /apis. They take the same token. */
export const controlPath = '/sandbox/v1';

/**
 * Answers what the command line asks of the process itself: its nodes as computers, and to end.
 * @param path segments below `controlPath`
 * @returns the JSON to answer with
 * @throws StatusError 404, 400, 409
 */
export async function control(
  options: ControlOptions,
  method: string,
  path: readonly string[],
  body: unknown,
): Promise<object> {
  const [what, name, action] = path;
  if (method === 'GET' && what === undefined) return report(options);
  if (method === 'POST' && what === 'machines' && name !== undefined && isAction(action)) {
    const machine = options.machines.get(name);
    if (!machine) throw new StatusError(404, 'NotFound', `there is no machine ${name}`);
    if (action === 'exec') return execute(options, machine, body);
    await (action === 'stop' ? machine.stop() : machine.start());
    return report(options);
  }
  if (method === 'POST' && what === 'shutdown') {
    setImmediate(options.shutdown);
    return report(options);
  }
  throw new StatusError(404, 'NotFound', 'the server could not find the requested resource');
}

const isAction = (text: string | undefined): text is 'stop' | 'start' | 'exec' =>
  text === 'stop' || text === 'start' || text === 'exec';

const report = ({name, speed, machines}: ControlOptions): SandboxReport => ({
  name,
  pid: process.pid,
  speed,
  machines: machines.list().map(({name: machine, role, running}) => ({name: machine, role, running})),
});

async function execute(options: ControlOptions, machine: NodeMachine, body: unknown): Promise<NodeOutput> {
  const {command} = (body ?? {}) as {command?: unknown};
  if (!isCommand(command)) throw new StatusError(400, 'BadRequest', 'command: a list of strings is wanted');
  if (!machine.running) throw new StatusError(409, 'Conflict', `machine ${machine.name} is switched off`);
  const chunks: Buffer[] = [];
  const {code} = await options.run(machine, command, chunk => chunks.push(chunk));
  return {exitCode: code, output: Buffer.concat(chunks).toString('utf8')};
}

const isCommand = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every(word => typeof word === 'string');
