import {pauseFor} from '../pause.ts';
import type {Program} from '../program.ts';

const units: Record<string, number> = {s: 1, m: 60, h: 3_600, d: 86_400};

/** `sleep 3600`, `sleep 1m`, `sleep infinity`. Like the real one it has no handler for SIGTERM: as pid 1 it only ends by SIGKILL. */
export const sleep: Program = async ({argv, stderr, clock, killed}) => {
  const times = argv.slice(1).map(seconds);
  if (times.length === 0 || times.includes(undefined)) {
    stderr.write(times.length === 0 ? 'sleep: missing operand\n' : `sleep: invalid number '${argv[1]}'\n`);
    return 1;
  }
  const total = times.reduce<number>((sum, time) => sum + (time ?? 0), 0);
  if (Number.isFinite(total)) await pauseInDays(total * 1000);
  else await new Promise(done => killed.addEventListener('abort', done, {once: true}));
  return 0;

  /** A timer holds 24 days at most. */
  async function pauseInDays(milliseconds: number): Promise<void> {
    for (let left = milliseconds; left > 0 && !killed.aborted; left -= day)
      await pauseFor(clock, Math.min(left, day), killed);
  }
};

const day = 86_400_000;

function seconds(text: string): number | undefined {
  if (text === 'infinity' || text === 'inf') return Number.POSITIVE_INFINITY;
  const [, number, unit = 's'] = /^(\d*\.?\d+)([smhd]?)$/.exec(text) ?? [];
  return number === undefined ? undefined : Number(number) * (units[unit || 's'] ?? 1);
}
