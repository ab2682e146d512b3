import type {WatchKind} from '../lab/schema.ts';
import type {Json, KubeObject, Millis, ObjectRef} from '../world/object.ts';
import type {Diagnosis} from './diagnosis.ts';
import type {Verdict} from './verdict.ts';

/** Of which object something is said; a missing one has no UID, one chosen by labels perhaps no name. */
export interface About {
  kind: WatchKind;
  name?: string;
  labels?: string;
  uid?: string;
}

/** One thing that is not as the milestone wants it. */
export type Mismatch =
  | {type: 'field'; about: About; path: string; wanted: Json; found: Json | undefined}
  /** A CEL comparison that is not so: `path` is its left side as written, `wanted` operator and right side. */
  | {type: 'expression'; about: About; path: string; wanted: string; found: Json | undefined}
  | {type: 'missing'; about: About}
  | {type: 'still-there'; about: About; terminating: boolean}
  | {type: 'count'; about: About; wanted: number; found: number}
  /** It is so, but not yet for so many seconds. */
  | {type: 'too-short'; about: About; wanted: number; found: number}
  /** It came true, but something that must never be was so meanwhile. */
  | {type: 'never'; about: About; expression: string; at: Millis}
  | {type: 'same-node'; about: About; node: string}
  | {type: 'same-object'; about: About}
  | {type: 'output'; object: string; wanted: string; found: string}
  /** A port of the learner's own machine that nobody listens on; `why` is the error, e.g. ECONNREFUSED. */
  | {type: 'port-closed'; port: number; why: string}
  | {type: 'no-answer-yet'; milestone: string}
  /** All is there to be seen; the learner has not said that they have looked. */
  | {type: 'not-looked-yet'};

/** What the learner should see for one step, now. */
export interface Judgement {
  verdict: Verdict;
  /** Off-track only because it is not done yet: nothing that was done is wrong. */
  todo?: true;
  /** The first milestone that is not reached. */
  waitingFor?: string;
  mismatches: Mismatch[];
  diagnosis?: Diagnosis;
  /** What usually takes this long, from when to when. */
  countdown?: {because: string; since: Millis; until: Millis};
}

/** A milestone that came true: when, and with which object. */
export interface Reached {
  milestone: string;
  at: Millis;
  object?: KubeObject;
  ref?: ObjectRef;
}
