/** What went wrong at one place of a file of a lab. `line` counts from 1. */
export interface Problem {
  file: string;
  line?: number;
  /** Where in the file, e.g. `steps[3].milestones[0].id`; empty for the file as a whole. */
  path: string;
  message: string;
}

/** What a program said of its failure; or it said nothing for so long. */
export type Reason = {detail: string} | {seconds: number};

/**
 * The facts that each expected error's sentences are made of. The sentences themselves are found by
 * code in src/ui/messages, so a code without a sentence, in either language, does not compile.
 */
export interface ErrorFacts {
  'unknown-lab': {lab: string; suggestion?: string};
  'broken-lab': {problems: Problem[]};
  'unknown-step': {lab: string; step: string; steps: string[]};
  'no-lab-open': Record<never, never>;
  'program-missing': {program: 'kubectl' | 'k3d' | 'minikube' | 'docker'};
  /** It is there, and does not run, or says what it should not. */
  'kubectl-broken': {detail: string};
  'kubectl-unfetched': {detail: string};
  'kubectl-skew': {client: string; server: string; minimum: string};
  'docker-down': Reason;
  /** The program that makes its clusters fails, whatever the cluster. */
  'provider-failed': {provider: 'k3d' | 'minikube'} & Reason;
  'cluster-missing': {cluster: string; provider: string};
  'cluster-lost': {cluster: string; detail: string};
  'cluster-stopped': {cluster: string; provider: string};
  /** Its containers run. */
  'cluster-unreachable': {cluster: string; provider: string; detail: string};
  'cluster-taken': {cluster: string; provider: string};
  /** `pid`: of the process that is at it. */
  'cluster-busy': {cluster: string; doing: 'create' | 'start' | 'delete'; pid: number};
  /** `waiting`: the nodes and Deployments that are not ready. */
  'cluster-unready': {cluster: string; waiting: string[]};
  'cluster-name': {cluster: string; limit: number};
  /** `option`: what it was made with, as it would be asked for. */
  'cluster-differs': {cluster: string; provider: string; option: string};
  'sandbox-failed': {cluster: string; detail: string};
  /** A program answered in a form that is not known. */
  'answer-unknown': {command: string; detail: string};
  'cluster-failed': {cluster: string; doing: string; detail: string};
  /** A bundle was to be written under the name of a folder. */
  'bundle-folder': {folder: string};
  /** `file`: where the program was found. */
  'bundle-program': {program: string; file: string};
  'bundle-unwritten': {file: string; folder: string; detail: string};
  'bundle-unreadable': {file: string; detail: string};
  /** No bundle at all, or one of a newer statelab. */
  'bundle-unknown': {file: string};
  /** `part`: what is not as it was when the bundle was saved. */
  'bundle-broken': {file: string; how: 'torn' | 'altered'; part?: string};
  /** In Docker's words. */
  'bundle-architecture': {file: string; bundle: string; machine: string};
  'bundle-unloaded': {image: string; detail: string};
  'image-missing': {image: string; detail: string};
  /** `owner`: who has it, as RBAC calls them, where it is another learner's. */
  'namespace-taken': {namespace: string; owner?: string};
  /** PersistentVolumes of others that claims or manifests of the lab would take. */
  'volumes-in-the-way': {lab: string; volumes: string[]};
  /** `user`: as RBAC calls the learner, where the server tells. */
  'namespace-unprepared': {namespace: string; lab: string; user?: string};
  /** `missing`: as kubectl auth can-i takes it, e.g. create pods/exec. */
  'rights-missing': {namespace: string; lab: string; missing: string[]; user?: string};
  forbidden: {verb: string; resource: string; namespace?: string; detail: string};
  'context-unknown': {context: string; known: string[]};
  /** `file`: the kubeconfig, or one that it names. */
  'kubeconfig-unreadable': {file: string; detail: string};
  'context-unreachable': {context: string; detail: string};
  'context-refused': {context: string};
  /** `begun`: the database that the lab was begun with. */
  'database-differs': {lab: string; begun: string; asked: string};
  'node-unknown': {node: string; known: string[]};
  'node-stopped': {node: string};
  /** `withheld`: it could be done, had the learner allowed it. */
  'node-operations-off': {provider: string; withheld?: 'unasked'};
  'journal-newer': {file: string; found: number; known: number};
  'journal-broken': {file: string; line: number};
  'journal-unwritable': {file: string; detail: string};
  'file-unwritable': {file: string; detail: string};
  'journal-locked': {lab: string; pid: number};
  'needs-answer': {question: string; flag: string};
  /** `mend`: commands that take it away by hand. */
  'reset-incomplete': {left: string[]; mend: string[]};
  /** `wanted`: as the lab's needs say it, e.g. 2 for workers. */
  'lab-needs': {lab: string; need: LabNeed; wanted: string; withheld?: 'unasked' | 'forbidden'};
  'step-not-reached': {lab: string; step: string};
  /** What stands in the way has been told before. */
  'not-ready': {provider: string; cluster: string};
  usage: {detail: string};
  interrupted: Record<never, never>;
}
export type ErrorCode = keyof ErrorFacts;

/** What a lab may need of a cluster, by the name of its field in lab.yaml. */
export type LabNeed =
  | 'workers'
  | 'hostPath'
  | 'sharedDirectory'
  | 'nodeOperations'
  | 'nodeChanges'
  | 'persistentVolumes'
  | 'defaultClass'
  | 'storageClasses'
  | 'bindingMode'
  | 'volumes';

/** The exit codes that `statelab --help` documents. */
export const exitCodes = {
  reached: 0,
  notReached: 1,
  usage: 2,
  cannotTell: 3,
  bug: 70,
  interrupted: 130,
} as const;

/** Somebody can do something about it: said in one sentence (what, why, what next), without a stack. */
export class ExpectedError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'ExpectedError';
  readonly code: C;
  readonly facts: ErrorFacts[C];
  readonly exitCode: number;

  constructor(
    code: C,
    facts: ErrorFacts[C],
    {exitCode = 1, cause}: {exitCode?: number; cause?: unknown} = {},
  ) {
    super(code, {cause});
    this.code = code;
    this.facts = facts;
    this.exitCode = exitCode;
  }
}

export const isExpected = (error: unknown): error is ExpectedError => error instanceof ExpectedError;

/** The reason an aborted operation gives: from Ctrl-C or a signal. */
export const interrupted = () => new ExpectedError('interrupted', {}, {exitCode: exitCodes.interrupted});

/** What to throw when a file of statelab's own could not be written: whatever is no error of the system is a bug. */
export const unwritable = (file: string, error: unknown): unknown =>
  error instanceof Error && 'syscall' in error
    ? new ExpectedError('file-unwritable', {file, detail: error.message}, {cause: error})
    : error;
