import type {Millis, ObjectRef} from '../world/object.ts';
import type {Verdict} from './verdict.ts';

/**
 * The facts that each diagnosis' sentence is made of. The sentences are found by code in src/ui/messages,
 * in every language, so a code without one does not compile.
 */
export interface DiagnosisFacts {
  'wrong-namespace': {found: string; wanted: string};
  'wrong-name': {found: string; wanted: string};
  'scaled-replicaset': {replicaSet: string; deployment: string};
  'scaled-elsewhere': {found: string; replicas: number; wanted: string};
  'image-not-pulled': {container: string; image: string; reason: string};
  'container-config': {container: string};
  unschedulable: {nodeSelector?: string; reason: 'selector' | 'volume' | 'cordoned' | 'resources' | 'other'};
  'mount-failed': {volume?: string};
  'crash-loop': {container: string; exitCode: number; restarts: number};
  'create-failed': {forbidden: boolean};
  'service-without-endpoints': {selector: string};
  'object-gone': {remembered: string};
  'being-deleted': {finalizers: string[]};
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
