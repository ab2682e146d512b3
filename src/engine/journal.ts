import type {DatabaseId} from '../lab/databases.ts';
import type {Capabilities} from '../lab/needs.ts';
import type {Baseline} from '../world/baseline.ts';
import type {NodeChange} from '../world/node-change.ts';
import type {KubeObject, Millis} from '../world/object.ts';
import type {ProviderId} from './ports.ts';

/** Where a run takes place. Another identity or namespace UID means that what was done is gone. */
export interface Place {
  provider: ProviderId;
  cluster: string;
  /** UID of kube-system. */
  identity: string;
  /** UID of the lab's namespace. */
  namespaceUid: string;
  /** Which one a lab runs that runs a database; its files are of no use to another. */
  database?: DatabaseId;
}

/** What the journal keeps of a learner's run. One JSON line each, with `v` and `at`. */
export type JournalEntry = {
  at: Millis;
} /** Without the capabilities in journals from before they were asked for. */ & (
  | {type: 'opened'; lab: string; place: Place; capabilities?: Capabilities; baseline: Baseline}
  | {type: 'step-opened'; step: string}
  | {type: 'milestone'; step: string; milestone: string; remember?: {name: string; object: KubeObject}}
  /** The milestones of the step no longer hold: what one of them remembered is gone. */
  | {type: 'rewound'; step: string}
  | {type: 'answered'; step: string; answer: string; right: boolean}
  | {type: 'hinted'; step: string; hint: number}
  | {type: 'step-reached'; step: string; by: 'learner' | 'solve'}
  | {type: 'step-skipped'; step: string; why: string}
  /** Something of a node became another, during a run. See `SeenChange` for `typed`. */
  | {type: 'changed'; change: NodeChange; typed: boolean}
  /** A PersistentVolume of the lab's came into being, during a run. */
  | {type: 'volume-seen'; name: string; uid: string}
  /** The cluster is being brought back; `restored` or `reset` says that it is. */
  | {type: 'restoring'; what: RestoreReason}
  /** Only the nodes were put back, or all that the lab left; what was reached stays the learner's. */
  | {type: 'restored'; what: Exclude<RestoreReason, 'reset'>}
  | {type: 'reset'}
);

export const restoreReasons = ['nodes', 'all', 'reset'] as const;
export type RestoreReason = (typeof restoreReasons)[number];

/** A journal that is open for writing; there is one writer at a time. */
export interface Journal {
  readonly entries: readonly JournalEntry[];
  /**
   * Returns once the entries are on the disk; they are written in one go.
   * @throws ExpectedError `journal-unwritable`, and then none of them is
   */
  append(...entries: readonly JournalEntry[]): void;
  close(): void;
}

/** Where journals are kept. */
export interface Journals {
  /** What a lab's journal says, also while another process writes it; empty when there is none. */
  read(lab: string): JournalEntry[];
  /**
   * @throws ExpectedError `journal-locked` (by a process that lives), `journal-newer`, `journal-broken`
   * (in the middle; a torn last line is cut off), `journal-unwritable`
   */
  open(lab: string): Journal;
  /** The labs that have a journal, the one written last first. */
  labs(): string[];
}
