import {mkdir, rm, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {NodeMachine, NodeMachines} from './machine.ts';
import {createNodeFiles} from './node-files.ts';

export interface MachineDescription {
  /** e.g. k3d-lab-agent-0 */
  name: string;
  role: NodeMachine['role'];
  ip: string;
}

/** Where every node sees the directory that they share. */
const sharedPath = '/lab-shared';

/**
 * The cluster's computers, each in a directory of its own, `nodes/<name>` below `directory`. That one was switched
 * off is kept beside it (`nodes/<name>.off`) and still holds after the process was started again.
 */
export async function openMachines(
  directory: string,
  descriptions: readonly MachineDescription[],
): Promise<NodeMachines> {
  const shared = join(directory, 'shared');
  await mkdir(shared, {recursive: true});
  const machines = await Promise.all(
    descriptions.map(one => openMachine(one, join(directory, 'nodes'), shared)),
  );
  const byName = new Map(machines.map(machine => [machine.name, machine]));
  return {get: name => byName.get(name), list: () => machines};
}

async function openMachine(
  {name, role, ip}: MachineDescription,
  nodes: string,
  shared: string,
): Promise<NodeMachine> {
  const root = join(nodes, name);
  const off = join(nodes, `${name}.off`);
  await mkdir(join(root, sharedPath), {recursive: true}); // what the shared directory is mounted on
  let running = !(await exists(off));
  const listeners = new Set<(running: boolean) => void | Promise<void>>();
  const turn = async (on: boolean) => {
    if (running === on) return;
    running = on;
    await (on ? rm(off, {force: true}) : writeFile(off, ''));
    await Promise.all([...listeners].map(listener => listener(on)));
  };
  return {
    name,
    role,
    ip,
    get running() {
      return running;
    },
    files: createNodeFiles(root, [{path: sharedPath, hostPath: shared}]),
    stop: () => turn(false),
    start: () => turn(true),
    onPower(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
