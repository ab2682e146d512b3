import type {Container, Probe} from 'kubernetes-types/core/v1.d.ts';
import type {SandboxClock} from '../../clock.ts';
import type {Network} from '../../network/network.ts';
import type {ContainerHandle} from '../containers/start-container.ts';
import {runExec} from './exec-action.ts';
import {runHttpGet} from './http-action.ts';
import {dialError, portNumber, runTcpSocket} from './tcp-action.ts';

export interface ProbeTarget {
  container: Container;
  handle: ContainerHandle;
  network: Network;
  podIP: string;
}

export interface ProbeResult {
  /** unknown: it could not be run; counts neither way. */
  outcome: 'success' | 'failure' | 'unknown';
  output: string;
}

/** Runs a probe once. */
export async function runProbe(probe: Probe, target: ProbeTarget, clock: SandboxClock): Promise<ProbeResult> {
  const timeout = (probe.timeoutSeconds ?? 1) * 1000;
  if (probe.exec) return runExec(probe.exec.command ?? [], target.handle, clock, timeout);
  if (probe.httpGet) return runHttpGet(probe.httpGet, target, clock, timeout);
  if (probe.tcpSocket) {
    const {host = target.podIP, port} = probe.tcpSocket;
    const number = portNumber(port, target.container);
    return runTcpSocket(target.network, host, number, clock, timeout);
  }
  return {outcome: 'failure', output: dialError(target.podIP, 0, 'gRPC probes are not simulated')};
}
