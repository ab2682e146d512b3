import type {Controller} from './controller.ts';
import {cronJobs} from './cronjob/cronjobs.ts';
import {daemonSets} from './daemonset/daemonsets.ts';
import {deployments} from './deployment/deployments.ts';
import {disruptionBudgets} from './disruption/budgets.ts';
import {endpointSlices} from './endpoints/endpoint-slices.ts';
import {endpoints} from './endpoints/endpoints.ts';
import {eventTtl} from './event-ttl.ts';
import {garbageCollector} from './garbage/garbage-collector.ts';
import {jobs} from './job/jobs.ts';
import {jobTimeToLive} from './job/time-to-live.ts';
import {defaultServiceAccount} from './namespace/default-service-account.ts';
import {namespaces} from './namespace/namespaces.ts';
import {rootCertificate} from './namespace/root-certificate.ts';
import {podGarbageCollector} from './pod-gc.ts';
import {resourceQuotas} from './quota/quotas.ts';
import {replicaSets} from './replicaset/replicasets.ts';
import {statefulSets} from './statefulset/statefulsets.ts';

/**
 * The controllers of workloads, and those that keep house.
 * @param certificate the API server's certificate authority, in PEM
 */
export const workloadControllers = (certificate: string): readonly Controller[] => [
  namespaces,
  defaultServiceAccount,
  rootCertificate(certificate),
  deployments,
  replicaSets,
  statefulSets,
  daemonSets,
  jobs,
  jobTimeToLive,
  cronJobs,
  endpoints,
  endpointSlices,
  disruptionBudgets,
  resourceQuotas,
  podGarbageCollector,
  garbageCollector,
  eventTtl,
];
