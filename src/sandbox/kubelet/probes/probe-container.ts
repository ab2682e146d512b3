import type {Container, Probe} from 'kubernetes-types/core/v1.d.ts';
import type {Cancel, SandboxClock} from '../../clock.ts';
import {type ProbeResult, type ProbeTarget, runProbe} from './run-probe.ts';

export type ProbeKind = 'Startup' | 'Readiness' | 'Liveness';

/** Who acts on what probes find. */
export interface ProbeListener {
  /** A probe that did not succeed, for the event Unhealthy. */
  unhealthy(kind: ProbeKind, result: ProbeResult): void;
  started(): void;
  ready(ready: boolean): void;
  /** Its liveness or startup probe failed as often as it may: the container is to be killed. */
  failed(kind: 'Startup' | 'Liveness', probe: Probe): void;
  /** Did the container end? */
  over(): boolean;
}

/**
 * Probes a container from its start on: first its startup probe alone until it succeeds, then the others.
 * The readiness probe notices the container's end itself, at its next turn.
 */
export function probeContainer(
  {startupProbe, readinessProbe, livenessProbe}: Container,
  target: ProbeTarget,
  clock: SandboxClock,
  listener: ProbeListener,
): Cancel {
  const cancels: Cancel[] = [];
  const startedAt = clock.now();
  const repeat = (kind: ProbeKind, probe: Probe, told: (healthy: boolean) => boolean) =>
    cancels.push(probeAgainAndAgain({kind, probe, startedAt, target, clock, listener, told}));

  const started = () => {
    listener.started();
    if (readinessProbe)
      repeat('Readiness', readinessProbe, healthy => {
        listener.ready(healthy);
        return true;
      });
    else listener.ready(true);
    if (livenessProbe)
      repeat('Liveness', livenessProbe, healthy => {
        if (!healthy) listener.failed('Liveness', livenessProbe);
        return healthy;
      });
  };
  if (startupProbe)
    repeat('Startup', startupProbe, healthy => {
      if (healthy) started();
      else listener.failed('Startup', startupProbe);
      return false;
    });
  else started();
  return () => {
    for (const cancel of cancels) cancel();
  };
}

interface Repetition {
  kind: ProbeKind;
  probe: Probe;
  startedAt: number;
  target: ProbeTarget;
  clock: SandboxClock;
  listener: ProbeListener;
  /** Is told what probes agree on, each time they do. @returns whether to go on */
  told(healthy: boolean): boolean;
}

function probeAgainAndAgain({kind, probe, startedAt, target, clock, listener, told}: Repetition): Cancel {
  const {initialDelaySeconds = 0, periodSeconds = 10, successThreshold = 1, failureThreshold = 3} = probe;
  let cancelled = false;
  let cancel: Cancel = () => {};
  let healthy: boolean | undefined;
  let inARow = 0;

  const turn = async () => {
    if (listener.over()) {
      if (kind === 'Readiness') told(false);
      return;
    }
    const result = await runProbe(probe, target, clock);
    if (cancelled) return;
    if (listener.over()) return next();
    if (result.outcome !== 'success') listener.unhealthy(kind, result);
    if (result.outcome === 'unknown' || agreed(result.outcome === 'success')) next();
  };
  /** @returns whether to go on */
  const agreed = (success: boolean) => {
    inARow = healthy === success ? inARow + 1 : 1;
    healthy = success;
    return inARow < (success ? successThreshold : failureThreshold) || told(success);
  };
  const next = () => {
    cancel = clock.after(periodSeconds * 1000, () => void turn());
  };
  const delay = Math.max(0, initialDelaySeconds * 1000 - clock.since(startedAt));
  cancel = clock.after(delay, () => void turn());
  return () => {
    cancelled = true;
    cancel();
  };
}
