import type {Judgement} from '../checks/judgement.ts';
import type {Step} from '../lab/schema.ts';
import type {Millis} from '../world/object.ts';
import type {ProviderId} from './ports.ts';

/** What `kubectl get pods` would show in STATUS, READY and RESTARTS. */
export interface PodState {
  pod: string;
  status: string;
  ready: boolean;
  restarts: number;
  /** The exit code of a container that ended with an error, now or last. */
  exitCode?: number;
  node?: string;
}

/** What happened in a run. Renderers decide how it looks; with --json each is a line. */
export type EngineEvent = {at: Millis} & (
  | {
      type: 'lab';
      lab: string;
      total: number;
      provider: ProviderId;
      cluster: string;
      namespace: string;
      resumedAt?: string;
    }
  | {
      type: 'step';
      lab: string;
      step: string;
      index: number;
      total: number;
      kind: Step['type'];
      command?: string;
    }
  /** A milestone came true; `seenAt` is when the cluster showed it, which may be before the step was opened. */
  | {type: 'milestone'; lab: string; step: string; milestone: string; seenAt: Millis; object?: string}
  | ({type: 'judged'; lab: string; step: string} & Judgement)
  /** A Pod of the step's timeline is in another state; `age` is the time since it was first seen, in milliseconds. */
  | ({type: 'pod'; lab: string; step: string; age: Millis} & PodState)
  | {type: 'answered'; lab: string; step: string; answer: string; right: boolean; wanted?: string}
  /** A prediction beside what came true, once the step that shows it is reached. */
  | {type: 'compared'; lab: string; step: string; answer: string; wanted: string; right: boolean}
  | {type: 'hint'; lab: string; step: string; hint: number; of: number}
  /** A command that statelab ran in the learner's place. */
  | {type: 'ran'; lab: string; step: string; command: string; exitCode: number; output: string}
  /**
   * The longest time within the step, in seconds, in which nobody served; told right before it is reached. Where the
   * cluster's time goes `speed` times as fast as real time, they are of its time.
   */
  | {type: 'outage'; lab: string; step: string; seconds: number; speed?: number}
  | {type: 'reached'; lab: string; step: string; verdict: 'reached'; by: 'learner' | 'solve'}
  | {type: 'skipped'; lab: string; step: string; why: SkipReason}
  | {type: 'rewound'; lab: string; step: string}
  | {type: 'note'; lab: string; step?: string; note: Note}
  /** `next`: the lab to go on with, when this one is through and there is one. */
  | {type: 'end'; lab: string; reached: number; skipped: number; total: number; exit: number; next?: string}
);

/** The cluster does not meet one of the step's needs, or the learner wanted it so. */
export const skipReasons = [
  'needs-workers',
  'needs-host-path',
  'needs-shared-directory',
  'needs-node-operations',
  'needs-node-changes',
  'needs-persistent-volumes',
  'needs-consent',
  'needs-rights',
  'needs-default-class',
  'needs-storage-classes',
  'needs-binding-mode',
  'needs-volumes',
  'learner',
] as const;
export type SkipReason = (typeof skipReasons)[number];

/** What a renderer tells apart from verdicts. */
export type Note =
  | {code: 'images-loading'; line: string}
  | {code: 'images-ready'}
  | {code: 'images-failed'; detail: string}
  | {code: 'fast-forward'; step: string; because: 'cluster-changed' | 'object-gone' | 'put-back' | 'asked'}
  | {code: 'fast-forwarded'};

export type Emit = (event: EngineEvent) => void;
