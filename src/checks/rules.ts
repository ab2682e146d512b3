import type {Diagnosis} from './diagnosis.ts';
import {beingDeleted} from './rules/being-deleted.ts';
import {containerConfig} from './rules/container-config.ts';
import {crashLoop} from './rules/crash-loop.ts';
import {createFailed} from './rules/create-failed.ts';
import {imageNotPulled} from './rules/image-not-pulled.ts';
import {late} from './rules/late.ts';
import {mountFailed} from './rules/mount-failed.ts';
import {nothingToLookAt} from './rules/nothing-to-look-at.ts';
import type {Rule, RuleContext} from './rules/rule.ts';
import {scaledElsewhere} from './rules/scaled-elsewhere.ts';
import {scaledReplicaSet} from './rules/scaled-replicaset.ts';
import {serviceWithoutEndpoints} from './rules/service-without-endpoints.ts';
import {unschedulable} from './rules/unschedulable.ts';
import {wrongAnswer} from './rules/wrong-answer.ts';
import {wrongName} from './rules/wrong-name.ts';
import {wrongNamespace} from './rules/wrong-namespace.ts';

/** What explains most comes first. */
const rules: readonly Rule[] = [
  wrongAnswer,
  wrongNamespace,
  wrongName,
  scaledReplicaSet,
  scaledElsewhere,
  imageNotPulled,
  containerConfig,
  createFailed,
  unschedulable,
  mountFailed,
  crashLoop,
  serviceWithoutEndpoints,
  beingDeleted,
  nothingToLookAt,
  late,
];

/** Why the milestone is not reached, as far as the cluster shows it; what the step means to happen is no news. */
export function diagnose(context: RuleContext): Diagnosis | undefined {
  for (const rule of rules) {
    const diagnosis = rule(context);
    if (diagnosis && !context.attempt.step.expected.includes(diagnosis.code)) return diagnosis;
  }
  return undefined;
}
