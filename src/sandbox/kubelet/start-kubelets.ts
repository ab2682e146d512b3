import type {NodeMachine, NodeMachines} from '../node/machine.ts';
import type {Kubelet} from './kubelet.ts';
import {startKubelet} from './kubelet.ts';
import type {KubeletContext} from './kubelet-context.ts';
import type {Kubelets} from './kubelets.ts';
import {attachToContainer} from './requests/attach.ts';
import {connectToPod} from './requests/connect.ts';
import {execInContainer} from './requests/exec.ts';
import {findAssigned, findRunningContainer} from './requests/find-container.ts';
import {containerLog} from './requests/log.ts';

export interface KubeletsOptions extends Omit<KubeletContext, 'machine'> {
  machines: NodeMachines;
  /** Ends all kubelets, and with them all containers, as a power cut does. */
  signal: AbortSignal;
}

/** Starts a kubelet on every node that is on, and on each that is switched on later. */
export async function startKubelets({machines, signal, ...shared}: KubeletsOptions): Promise<Kubelets> {
  const {registry, report} = shared;
  const kubelets = new Map<string, Kubelet>();
  const powerOn = async (machine: NodeMachine) => {
    kubelets.set(machine.name, await startKubelet({...shared, machine}));
  };
  const powerOff = async ({name}: NodeMachine) => {
    const kubelet = kubelets.get(name);
    kubelets.delete(name);
    await kubelet?.crash();
  };

  const cancels = machines
    .list()
    .map(machine => machine.onPower(on => (on ? powerOn(machine) : powerOff(machine))));
  await Promise.all(machines.list().map(machine => machine.running && powerOn(machine)));
  cancels.push(
    registry.subscribe('pods', change =>
      kubelets.get(change.object.spec?.nodeName ?? '')?.podChanged(change),
    ),
  );
  signal.addEventListener('abort', () => {
    for (const cancel of cancels) cancel();
    Promise.all(machines.list().map(powerOff)).catch(report);
  });

  const nodes = {registry, machines, kubelet: (node: string) => kubelets.get(node)};
  return {
    check: (namespace, pod, container) => findAssigned(nodes, {namespace, pod, container}).name,
    exec: async request => execInContainer(findRunningContainer(nodes, request).handle, request),
    async attach(request) {
      const {handle, record} = findRunningContainer(nodes, request);
      return attachToContainer(handle, record, request);
    },
    log: request => containerLog(nodes, request),
    connect: (namespace, pod, port) => connectToPod(nodes, shared.network, namespace, pod, port),
  };
}
