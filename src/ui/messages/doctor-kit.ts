import type {Need} from '../../lab/needs.ts';
import type {CheckGroup, CheckId, FindingCode, FindingFacts} from '../../preflight/finding.ts';

/** What was found, why it matters, and what to do where no command mends it. */
export interface SaidFinding {
  what: string;
  why?: string;
  next?: string;
}

/** What a provider or a cluster refuses with has sentences of its own: those of the error. */
export type FindingSentences = {
  [C in Exclude<FindingCode, 'provider-refuses' | 'cluster-refuses'>]: (
    facts: FindingFacts[C],
  ) => SaidFinding;
};

export interface DoctorWords {
  title: (provider: string, cluster: string) => string;
  groups: Record<CheckGroup, string>;
  checks: Record<CheckId, string>;
  findings: FindingSentences;
  everyLab: string;
  labs: (labs: string) => string;
  /** The last lines: how it stands, and what to begin with. */
  verdict: {
    well: string;
    warned: (warnings: number) => string;
    stopped: (stops: number, warnings: number) => string;
    first: (what: string) => string;
    fixable: (count: number) => string;
  };
}

/** What may not be done, each once. What is not named is found out by looking at StorageClasses. */
export const refusedRights = (
  named: Partial<Record<Need, string>> & {storageClasses: string},
  needs: readonly Need[],
): string[] => [...new Set(needs.map(need => named[need] ?? named.storageClasses))];

/** A size as people read it: 512 MiB, 3.4 GiB. @param bytes */
export const size = (bytes: number): string => {
  const [unit, count] = bytes >= 2 ** 30 ? ['GiB', bytes / 2 ** 30] : ['MiB', bytes / 2 ** 20];
  return `${count >= 10 || count === 0 ? Math.round(count) : Math.round(count * 10) / 10} ${unit}`;
};

/** A time in UTC, to the minute. @param at milliseconds since 1970 */
export const time = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** A day in UTC. @param at milliseconds since 1970 */
export const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
