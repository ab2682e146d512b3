import type {SandboxClock} from '../clock.ts';
import type {Of} from '../objects.ts';

/** How a Pod fails that ran into its spec.activeDeadlineSeconds. */
export const deadlineExceeded = {
  reason: 'DeadlineExceeded',
  message: 'Pod was active on the node longer than the specified deadline',
};

/** Simulated milliseconds a Pod may still be active, 0 when it may not; Infinity where its spec sets no deadline. */
export function activeTimeLeft({spec, status}: Of<'pods'>, clock: SandboxClock): number {
  const {activeDeadlineSeconds} = spec ?? {};
  const {startTime, phase} = status ?? {};
  if (activeDeadlineSeconds === undefined || !startTime) return Number.POSITIVE_INFINITY;
  if (phase === 'Succeeded' || phase === 'Failed') return Number.POSITIVE_INFINITY;
  return Math.max(0, activeDeadlineSeconds * 1000 - clock.since(Date.parse(startTime)));
}
