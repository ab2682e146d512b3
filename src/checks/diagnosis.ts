import type {Millis, ObjectRef} from '../world/object.ts';
import type {ClaimFacts, VolumeFacts} from './facts/claims.ts';
import type {ContainerFacts} from './facts/containers.ts';
import type {NetworkFacts} from './facts/network.ts';
import type {NodeFacts} from './facts/nodes.ts';
import type {OtherwiseFacts} from './facts/otherwise.ts';
import type {StatefulSetFacts} from './facts/statefulsets.ts';
import type {Verdict} from './verdict.ts';

/**
 * The facts that each diagnosis' sentence is made of. The sentences are found by code in src/ui/messages,
 * in every language, so a code without one does not compile.
 */
export interface DiagnosisFacts
  extends OtherwiseFacts,
    ClaimFacts,
    VolumeFacts,
    NodeFacts,
    ContainerFacts,
    NetworkFacts,
    StatefulSetFacts {
  'create-failed': {forbidden: boolean};
  'object-gone': {remembered: string};
  late: {seconds: number; expected: number};
  'wrong-answer': {answer: string};
  'nothing-to-look-at': {what: 'log' | 'exec' | 'files' | 'object'};
  blind: {since: Millis};
}
export type DiagnosisCode = keyof DiagnosisFacts;

/** Why it is not so, with the object and the proof. */
export type Diagnosis = {
  [C in DiagnosisCode]: {
    code: C;
    facts: DiagnosisFacts[C];
    object?: ObjectRef;
    /** The field that shows it, e.g. spec.nodeSelector. */
    path?: string;
    /** The event's or condition's message, or the last log lines, as Kubernetes gave them. */
    proof?: string;
    /** What the verdict is because of this, whatever the milestone alone would say. */
    verdict?: Verdict;
  };
}[DiagnosisCode];
