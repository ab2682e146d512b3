import type {NodeMachine, NodeMachines} from '../node/machine.ts';
import {StatusError} from '../status-error.ts';

/** What a sandbox tells of itself, beside Kubernetes' API. */
export interface SandboxReport {
  name: string;
  pid: number;
  speed: number;
  machines: {name: string; role: 'server' | 'agent'; running: boolean}[];
}

export interface ControlOptions {
  name: string;
  speed: number;
  machines: NodeMachines;
  /** Ends the process, once the answer is out. */
  shutdown(): void;
}

/** Where these calls live, beside /api and /apis. They take the same token. */
export const controlPath = '/sandbox/v1';

/** What is spoken over the WebSocket of `machines/<name>/exec`, below `controlPath`. */
export const nodeProtocol = 'v5.channel.k8s.io';

/**
 * Answers what the command line asks of the process itself: its nodes as computers, and to end.
 * @param path segments below `controlPath`
 * @returns the JSON to answer with
 * @throws StatusError 404
 */
export async function control(
  options: ControlOptions,
  method: string,
  path: readonly string[],
): Promise<object> {
  const [what, name, action] = path;
  if (method === 'GET' && what === undefined) return report(options);
  if (method === 'POST' && what === 'machines' && name !== undefined && isAction(action)) {
    const machine = machineNamed(options.machines, name);
    await (action === 'stop' ? machine.stop() : machine.start());
    return report(options);
  }
  if (method === 'POST' && what === 'shutdown') {
    setImmediate(options.shutdown);
    return report(options);
  }
  throw new StatusError(404, 'NotFound', 'the server could not find the requested resource');
}

/** @throws StatusError 404 */
export function machineNamed(machines: NodeMachines, name: string): NodeMachine {
  const machine = machines.get(name);
  if (!machine) throw new StatusError(404, 'NotFound', `there is no machine ${name}`);
  return machine;
}

const isAction = (text: string | undefined): text is 'stop' | 'start' => text === 'stop' || text === 'start';

const report = ({name, speed, machines}: ControlOptions): SandboxReport => ({
  name,
  pid: process.pid,
  speed,
  machines: machines.list().map(({name: machine, role, running}) => ({name: machine, role, running})),
});
