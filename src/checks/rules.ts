import type {Diagnosis} from './diagnosis.ts';
import {accessDenied, clientRefused} from './rules/access-denied.ts';
import {fileMissing, localPort, noConnection, otherOutput, sqlMissing} from './rules/answers-of-programs.ts';
import {beingDeleted} from './rules/being-deleted.ts';
import {budgetAllows, budgetWithoutPods} from './rules/budgets.ts';
import {claimDeleted} from './rules/claim-deleted.ts';
import {claimGone} from './rules/claim-gone.ts';
import {claimPending} from './rules/claim-pending.ts';
import {containerConfig} from './rules/container-config.ts';
import {containerEnds} from './rules/container-ends.ts';
import {crashLoop} from './rules/crash-loop.ts';
import {createFailed} from './rules/create-failed.ts';
import {deletedMeanwhile} from './rules/deleted-meanwhile.ts';
import {imageNotPulled} from './rules/image-not-pulled.ts';
import {late} from './rules/late.ts';
import {mountFailed} from './rules/mount-failed.ts';
import {nameUnresolved} from './rules/name-unresolved.ts';
import {nodeCordoned, nodeTainted} from './rules/node-cordoned.ts';
import {nodeLost, notForced} from './rules/node-lost.ts';
import {nodeRunning} from './rules/node-running.ts';
import {notCordoned} from './rules/not-cordoned.ts';
import {notDrained} from './rules/not-drained.ts';
import {notEvicted} from './rules/not-evicted.ts';
import {madeAgain, scaledNotDeleted} from './rules/not-gone.ts';
import {nothingToLookAt} from './rules/nothing-to-look-at.ts';
import {orphaned} from './rules/orphaned.ts';
import {outsideTemplate} from './rules/outside-template.ts';
import {podEnded, podEvicted} from './rules/pod-over.ts';
import {probeFailing} from './rules/probe-failing.ts';
import {readOnlyMount} from './rules/read-only-mount.ts';
import {retentionTooLate} from './rules/retention-too-late.ts';
import {rolloutPaused, rolloutStuck} from './rules/rollout.ts';
import type {Rule, RuleContext} from './rules/rule.ts';
import {scaledAway} from './rules/scaled-away.ts';
import {scaledElsewhere} from './rules/scaled-elsewhere.ts';
import {scaledReplicaSet} from './rules/scaled-replicaset.ts';
import {serviceNotHeadless} from './rules/service-not-headless.ts';
import {servicePort} from './rules/service-port.ts';
import {serviceWithoutEndpoints} from './rules/service-without-endpoints.ts';
import {unschedulable} from './rules/unschedulable.ts';
import {updateHeld} from './rules/update-held.ts';
import {volumeReleased} from './rules/volume-released.ts';
import {wrongAnswer} from './rules/wrong-answer.ts';
import {wrongField} from './rules/wrong-field.ts';
import {wrongKind} from './rules/wrong-kind.ts';
import {wrongName} from './rules/wrong-name.ts';
import {wrongNamespace} from './rules/wrong-namespace.ts';
import {wrongNode} from './rules/wrong-node.ts';

/** What explains most comes first. */
const rules: readonly Rule[] = [
  wrongAnswer,
  // Done, but not as asked: what follows from it would lead astray.
  wrongNamespace,
  wrongName,
  wrongKind,
  scaledReplicaSet,
  scaledElsewhere,
  scaledAway,
  wrongNode,
  notCordoned,
  nodeRunning,
  notEvicted,
  scaledNotDeleted,
  madeAgain,
  orphaned,
  outsideTemplate,
  retentionTooLate,
  claimDeleted,
  deletedMeanwhile,
  // What keeps Pods from running: first what stands at the beginning of it all.
  notForced,
  nodeLost,
  rolloutStuck,
  rolloutPaused,
  createFailed,
  claimGone,
  volumeReleased,
  claimPending,
  nodeCordoned,
  nodeTainted,
  unschedulable,
  imageNotPulled,
  containerConfig,
  mountFailed,
  podEvicted,
  probeFailing,
  clientRefused,
  crashLoop,
  containerEnds,
  podEnded,
  // They run, and do not answer as they should.
  readOnlyMount,
  serviceNotHeadless,
  servicePort,
  nameUnresolved,
  serviceWithoutEndpoints,
  localPort,
  accessDenied,
  sqlMissing,
  fileMissing,
  noConnection,
  otherOutput,
  // The rest.
  updateHeld,
  notDrained,
  budgetWithoutPods,
  budgetAllows,
  beingDeleted,
  wrongField,
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

/** What is lost for good, in words that say more of it: with a claim its data may have gone, too. */
export function explainLoss(lost: Diagnosis, context: RuleContext): Diagnosis {
  const deleted = claimDeleted(context);
  return deleted && deleted.object?.uid === lost.object?.uid ? {...deleted, verdict: 'dead-end'} : lost;
}
