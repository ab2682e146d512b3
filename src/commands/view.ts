import type {BundleInfo} from '../engine/bundle.ts';
import type {EngineEvent} from '../engine/events.ts';
import type {ClusterInfo, NodeInfo, ProviderId, Unfinished} from '../engine/ports.ts';
import type {RestorePlan, RestoreScope, Unseen} from '../engine/restore.ts';
import type {ExpectedError} from '../errors.ts';
import type {Lab} from '../lab/lab.ts';
import type {Variables} from '../lab/variables.ts';
import type {Place} from '../preflight/facts.ts';
import type {Finding} from '../preflight/finding.ts';
import type {Undo} from '../world/baseline.ts';
import type {PathProgress} from './path.ts';

/** `minutes`: how long the labs that are not done take a learner. */
export type PathReport = PathProgress & {minutes?: number};

/** A question that needs a yes. `--yes` answers it beforehand. */
export type Question =
  | {
      code: 'use-context';
      context: string;
      /** Where it is, as the kubeconfig says; undefined when it does not. */
      server?: string;
      namespace: string;
      /** Below which the lab keeps files on nodes, if it does. */
      directory?: string;
      /** Nodes and PersistentVolumes may be changed. */
      consented: boolean;
    }
  | {code: 'reset'; namespace: string}
  /** Until the next boot, for all programs of this machine. */
  | {code: 'raise-inotify'; from: number; to: number}
  | {code: 'restore'; cluster: string}
  /** What labs left on a cluster that is not to be found. */
  | {code: 'forget'; cluster: string}
  | {code: 'finish-restore'}
  /** A file of that name is there already. */
  | {code: 'replace-bundle'; file: string}
  /** Nodes that a lab left changed: before another lab is begun, when the learner quits, when the lab is through. */
  | {code: 'put-back'; when: 'start' | 'quit' | 'done'}
  | {
      code: 'delete-cluster';
      cluster: string;
      provider: ProviderId;
      nodes: number;
      /** The labs that were begun there. */
      labs: string[];
    };

/** Something that takes its time. */
export type Task =
  | {code: 'find-cluster'}
  | {code: 'fetch-kubectl'}
  | {code: 'create-cluster'; name: string; agents: number}
  | {code: 'start-cluster'; name: string}
  | {code: 'delete-cluster'; name: string}
  | {code: 'save-bundle' | 'check-bundle' | 'load-bundle'; file: string}
  | {code: 'prepare'; namespace: string}
  | {code: 'restore'; undo: Undo}
  | {code: 'prove-restore'}
  | {code: 'fast-forward'; lab: Lab; step: string};

/**
 * A reset or a restore was asked for, or was ended in the middle; another lab is begun; the lab is gone on with, or left.
 */
export type PlanReason = 'reset' | 'asked' | 'interrupted' | 'start' | 'through' | 'resumed' | 'left';

/** What a command has to say that is not an event of a run. */
export type Report =
  /** `after`: the labs it takes for known and that are not done yet. */
  | {type: 'listed-lab'; lab: Lab; reached: number; total: number; after: Lab[]}
  | ({type: 'path'} & PathReport)
  /** A lab is through: what comes next. */
  | {type: 'lab-done'; path: PathReport}
  /** Nobody said which lab: the one that was begun, or the next of the path. */
  | {type: 'lab-chosen'; lab: Lab; because: 'begun' | 'next'}
  /** A lab that is begun now takes others for known that are not done. */
  | {type: 'lab-presupposes'; lab: Lab; after: Lab[]}
  | {
      type: 'status';
      lab?: Lab;
      step?: string;
      reached: string[];
      skipped: string[];
      total: number;
      provider?: string;
      cluster?: string;
    }
  /** `current`: commands that name none work with it. */
  | {type: 'cluster'; cluster: ClusterInfo; current: boolean; kubeconfig?: string}
  /** An earlier process was ended in the middle of it. */
  | {type: 'cluster-unfinished'; cluster: string; doing: Unfinished['doing']}
  | {
      type: 'provider-chosen';
      provider: ProviderId;
      /** Its cluster runs already; or it is the first that works here, `without` those before it. */
      because: 'running' | 'usable';
      without: {provider: ProviderId; error: ExpectedError}[];
    }
  /** What the learner should know of a simulated cluster. */
  | {type: 'simulated'; speed: number}
  | {type: 'no-clusters'}
  /** What it is that is about to be loaded. */
  | {type: 'bundle' | 'bundle-saved'; file: string; bundle: BundleInfo}
  /** `put`: the programs that were put into statelab's folder. */
  | {type: 'bundle-loaded'; file: string; bundle: BundleInfo; put: string[]}
  | {type: 'cluster-up'; cluster: string; kubeconfig: string}
  | {type: 'cluster-down'; cluster: string}
  | {type: 'node'; node: NodeInfo}
  | {type: 'output'; text: string}
  | {type: 'env'; variables: Record<string, string>; text: string}
  | {type: 'lab-sound'; lab: Lab}
  /** All that was looked at, in its order; `labs`: how many it was for. */
  | {type: 'doctor'; place: Place; labs: number; findings: readonly Finding[]}
  /** What stands in the way of a start, or may. */
  | {type: 'preflight'; findings: readonly Finding[]}
  | {type: 'no-hints'}
  /** What may not be looked at on a foreign cluster: what the lab left of it there nobody knows. */
  | {type: 'restore-unseen'; what: Unseen}
  | {type: 'restore-refused'; undo: Undo; error: ExpectedError}
  /** What there is to undo of a lab, and why that is said. */
  | {type: 'restore-plan'; lab: Lab; because: PlanReason; steps: readonly Undo[]}
  /** The fresh look after a restore; nothing left proves it. */
  | {
      type: 'audit';
      lab: Lab;
      scope: RestoreScope;
      looked: RestorePlan['looked'];
      unseen: readonly Unseen[];
      left: readonly Undo[];
    }
  /** Nodes that became so during the lab, nobody knows by whom; `mend`: the commands that undo it. */
  | {type: 'left-alone'; lab: Lab; steps: readonly Undo[]; mend: readonly string[]}
  /** Another process goes on with the lab, so what it did is left. */
  | {type: 'lab-busy'; lab: Lab; pid: number; steps: readonly Undo[]}
  /** The lab is left with nodes that are not as they were before it. */
  | {type: 'nodes-left'; lab: Lab; nodes: readonly string[]}
  | {type: 'cluster-gone'; cluster: string}
  | {type: 'cluster-not-found'; provider: ProviderId; cluster: string; labs: string[]}
  | {type: 'nothing-left'}
  | {type: 'reset-done'};

/** What the menu offers. */
export type Choice =
  | {type: 'go-on'; lab: Lab; step: string}
  | {type: 'start'; lab: Lab; reached: number; after: Lab[]}
  /** A list of all labs. */
  | {type: 'others'}
  | {type: 'back'}
  | {type: 'clusters'}
  | {type: 'quit'};

/** How a command meets its user: a terminal, plain lines or lines of JSON, in a language. Made by src/ui. */
export interface View {
  /** The events of a run of a lab; the returned function renders them. */
  run(lab: Lab, directory: string, variables: () => Variables): (event: EngineEvent) => void;
  report(report: Report): void;
  error(error: ExpectedError): void;
  task<T>(task: Task, run: (progress: (line: string) => void) => Promise<T>): Promise<T>;
  /** @throws ExpectedError `needs-answer` where nobody can be asked, `interrupted` at Ctrl-C */
  confirm(question: Question): Promise<boolean>;
  /** @throws ExpectedError `needs-answer`, `interrupted` */
  choose(choices: readonly Choice[], path: PathReport): Promise<Choice>;
  /** A prompt for the learner, for as long as a run goes on; undefined where there is no terminal. */
  readonly learner: Learner | undefined;
}

/** What the learner asks for that only the run command can do. */
export type Wish = {type: 'solve'} | {type: 'redo'} | {type: 'quit'} | {type: 'interrupted'};

/** What the prompt needs of a run. */
export interface Conversation {
  lab: Lab;
  directory: string;
  variables: () => Variables;
  /** The environment of what is typed: KUBECONFIG and the like. */
  env: Record<string, string>;
  step: () => string | undefined;
  send: (
    input:
      | {type: 'answered'; answer: string}
      | {type: 'next'}
      | {type: 'skip'}
      | {type: 'hint'}
      | {type: 'acting'; command: string}
      | {type: 'acted'},
  ) => void;
  finished: Promise<void>;
}

export interface Learner {
  /** Where events of the run are printed while the learner types. */
  show(event: EngineEvent): void;
  /** Takes what is typed until the run has finished (undefined) or the learner wishes something of the command. */
  converse(conversation: Conversation): Promise<Wish | undefined>;
  close(): void;
}
