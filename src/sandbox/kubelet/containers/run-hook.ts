import type {Lifecycle} from 'kubernetes-types/core/v1.d.ts';
import type {SandboxClock} from '../../clock.ts';
import {runExec} from '../probes/exec-action.ts';
import {runHttpGet} from '../probes/http-action.ts';
import type {ProbeTarget} from '../probes/run-probe.ts';

/** kubernetes-types does not know sleep yet. */
type Hook = NonNullable<Lifecycle['preStop']> & {sleep?: {seconds: number}};

/** Runs a postStart or preStop hook. @param timeout in milliseconds @returns whether it did what it should */
export async function runHook(
  hook: Hook,
  target: ProbeTarget,
  clock: SandboxClock,
  timeout: number,
): Promise<boolean> {
  const {sleep} = hook;
  if (sleep) {
    await new Promise<void>(resolve => clock.after(Math.min(timeout, sleep.seconds * 1000), resolve));
    return true;
  }
  if (hook.exec)
    return (await runExec(hook.exec.command ?? [], target.handle, clock, timeout)).outcome === 'success';
  if (hook.httpGet) return (await runHttpGet(hook.httpGet, target, clock, timeout)).outcome === 'success';
  return true;
}
