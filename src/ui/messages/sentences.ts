import type {Diagnosis, DiagnosisCode} from '../../checks/diagnosis.ts';
import type {About, Mismatch} from '../../checks/judgement.ts';
import type {Verdict} from '../../checks/verdict.ts';
import type {PlanReason, Question} from '../../commands/view.ts';
import type {BundleInfo} from '../../engine/bundle.ts';
import type {Note, SkipReason} from '../../engine/events.ts';
import type {Unseen} from '../../engine/restore.ts';
import type {ErrorCode, ErrorFacts} from '../../errors.ts';
import {kindNames} from '../../world/object.ts';
import type {RemarkCode, RemarkFacts} from '../terminal/remarks.ts';
import type {DoctorWords} from './doctor-kit.ts';

/** What happened and why, and what to do next. Each is a sentence, or a few. */
export interface Said {
  what: string;
  next: string;
}

export type ErrorSentences = {[C in ErrorCode]: (facts: ErrorFacts[C]) => Said};
export type DiagnosisSentences = {[C in DiagnosisCode]: (diagnosis: Extract<Diagnosis, {code: C}>) => string};
export type MismatchSentences = {[T in Mismatch['type']]: (mismatch: Extract<Mismatch, {type: T}>) => string};

export type RemarkSentences = {[C in RemarkCode]: (facts: RemarkFacts[C]) => string};

/** The rest of what statelab says: labels, short remarks, the help of the prompt. */
export interface Words {
  verdicts: Record<Verdict, string>;
  stepKinds: Record<'do' | 'predict' | 'find' | 'look', string>;
  step: (index: number, total: number, kind: string, title: string) => string;
  typeThis: string;
  thenNext: string;
  answerHere: string;
  chooseHere: string;
  promptHelp: string;
  unknownCommand: (word: string, suggestion?: string) => string;
  hint: (hint: number, of: number) => string;
  noHints: string;
  resumed: (step: string) => string;
  where: (provider: string, cluster: string, namespace: string) => string;
  folder: (directory: string) => string;
  /** Nothing is wrong, and nothing more can be said of what is to be done. */
  yourTurn: string;
  notYet: (milestone: string) => string;
  milestone: (name: string, object?: string) => string;
  reached: string;
  /** `speed`: how many times as fast the time goes that it is measured in, where it does. */
  outage: (seconds: number, speed?: number) => string;
  skipped: Record<SkipReason, string>;
  rewound: string;
  podLine: (
    pod: string,
    status: string,
    detail: {ready: boolean; restarts: number; exitCode?: number; node?: string},
  ) => string;
  gone: string;
  countdown: (because: string, secondsLeft: number) => string;
  overdue: (because: string, seconds: number) => string;
  rightAnswer: (answer: string) => string;
  wrongAnswer: (answer: string) => string;
  predicted: (option: string) => string;
  predictionRight: (predicted: string) => string;
  predictionWrong: (predicted: string, happened: string) => string;
  notes: (note: Note) => string;
  end: (reached: number, skipped: number, total: number) => string;
  quit: (lab: string, step: string) => string;
  skipAsk: string;
  resetAsk: string;
  restoreAsk: (cluster: string) => string;
  forgetAsk: string;
  finishAsk: string;
  putBackAsk: Record<'start' | 'quit' | 'done', string>;
  replaceAsk: (file: string) => string;
  inotifyAsk: (from: number, to: number) => string;
  contextAsk: (question: Extract<Question, {code: 'use-context'}>) => string;
  deleteAsk: (what: {cluster: string; provider: string; nodes: number; labs: readonly string[]}) => string;
  solving: string;
  nothingToSolve: string;
  blindSince: string;
  secondTerminal: (command: string) => string;
  proof: string;
  menu: {
    ask: string;
    goOn: (lab: string, step: string) => string;
    start: (lab: string) => string;
    others: string;
    back: string;
    clusters: string;
    quit: string;
    minutes: (minutes: number) => string;
    done: string;
    of: (reached: number, total: number) => string;
  };
  path: {
    done: (done: number, total: number) => string;
    next: (title: string, lab: string) => string;
    /** For all labs that are not done. */
    left: (minutes: number) => string;
    through: string;
    comma: string;
    /** Of a lab: the labs it takes for known that are not done. */
    after: (labs: string) => string;
    chosen: Record<'begun' | 'next', (title: string, lab: string) => string>;
    presupposes: (title: string, others: string) => string;
  };
  /** The title of a lab within a sentence. */
  quoted: (title: string) => string;
  tasks: {
    findCluster: string;
    fetchKubectl: string;
    createCluster: (name: string, agents: number) => string;
    startCluster: (name: string) => string;
    prepare: (namespace: string) => string;
    deleteCluster: (name: string) => string;
    'save-bundle': (file: string) => string;
    'check-bundle': (file: string) => string;
    'load-bundle': (file: string) => string;
    reset: string;
    restore: (undo: string) => string;
    proveRestore: string;
    fastForward: (step: string) => string;
  };
  undo: {
    'start-node': (node: string) => string;
    'register-node': (node: string) => string;
    'await-node': (node: string) => string;
    uncordon: (node: string) => string;
    cordon: (node: string) => string;
    /** `keys`: which, with commas. */
    labels: (node: string, keys: string) => string;
    annotations: (node: string, keys: string) => string;
    taints: (node: string) => string;
    'delete-object': (kind: string, name: string, namespace: string) => string;
    'delete-namespace': (namespace: string) => string;
    'clear-namespace': (namespace: string) => string;
    'release-volume': (name: string) => string;
    'delete-volume': (name: string) => string;
    'remove-directory': (node: string, path: string) => string;
  };
  status: {
    noLab: string;
    lab: string;
    place: string;
    step: string;
    through: string;
  };
  providers: {
    running: (provider: string) => string;
    usable: (provider: string) => string;
    /** `reason`: why those that come before it cannot be used. */
    instead: (provider: string, reason: string) => string;
    lacks: (provider: string, program: string) => string;
    refuses: (provider: string, why: string) => string;
    simulated: string;
    faster: (speed: number) => string;
  };
  bundle: {
    is: (bundle: BundleInfo, size: string) => string;
    /** How a learner's machine gets what is in it. */
    saved: (file: string, bundle: BundleInfo, size: string) => string[];
    /** `put`: the programs that were put into statelab's folder. */
    loaded: (bundle: BundleInfo, put: readonly string[]) => string[];
  };
  clusters: {
    none: string;
    running: string;
    stopped: string;
    ours: string;
    foreign: string;
    faster: (speed: number) => string;
    current: string;
    unfinished: Record<'create' | 'start' | 'delete', string>;
    found: Record<'create' | 'start' | 'delete', (cluster: string) => string>;
    up: (name: string, kubeconfig: string) => string;
    down: (name: string) => string;
  };
  resetDone: string;
  restore: {
    plan: Record<PlanReason, (title: string) => string>;
    nothing: (title: string) => string;
    /** What the audit compared; each is a part of a list. */
    audited: {
      nodes: (nodes: number) => string;
      namespace: string;
      volumes: string;
      directories: (directories: number) => string;
    };
    /** `what`: the list of what was compared. */
    clean: (what: string) => string;
    left: string;
    leftAlone: string;
    /** `isInTheWay`: what it did may keep the lab that begins from going on. */
    busy: (title: string, pid: number, isInTheWay: boolean) => string;
    nodesLeft: (nodes: string, lab: string) => string;
    clusterGone: (cluster: string) => string;
    clusterNotFound: (provider: string, cluster: string, labs: string) => string;
    nothingLeft: string;
    unseen: Record<Unseen, string>;
    /** `undo`: what was refused; `why`: a sentence. */
    refused: (undo: string, why: string) => string;
  };
  labSound: (lab: string) => string;
  labs: {none: string};
  bug: string;
  interrupted: string;
}

export interface Messages {
  errors: ErrorSentences;
  diagnoses: DiagnosisSentences;
  mismatches: MismatchSentences;
  remarks: RemarkSentences;
  words: Words;
  doctor: DoctorWords;
}

/** "Deployment mariadb", "Pod app=mariadb": what people call it in both languages. */
export const nameOf = ({kind, name, labels}: About): string =>
  [kindNames[kind], name ?? labels].filter(Boolean).join(' ');

/** A JSON value as it stands in a sentence. */
export const shown = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
