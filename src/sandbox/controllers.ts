import type {Controller} from './control/controller.ts';
import {cronJobs} from './control/cronjob/cronjobs.ts';
import {daemonSets} from './control/daemonset/daemonsets.ts';
import {deployments} from './control/deployment/deployments.ts';
import {disruptionBudgets} from './control/disruption/budgets.ts';
import {endpointSlices} from './control/endpoints/endpoint-slices.ts';
import {endpoints} from './control/endpoints/endpoints.ts';
import {eventTtl} from './control/event-ttl.ts';
import {garbageCollector} from './control/garbage/garbage-collector.ts';
import {jobs} from './control/job/jobs.ts';
import {jobTimeToLive} from './control/job/time-to-live.ts';
import {defaultServiceAccount} from './control/namespace/default-service-account.ts';
import {namespaces} from './control/namespace/namespaces.ts';
import {rootCertificate} from './control/namespace/root-certificate.ts';
import {nodeHeartbeats} from './control/node/heartbeats.ts';
import {nodeLifecycle} from './control/node/lifecycle.ts';
import {taintEviction} from './control/node/taint-eviction.ts';
import {podGarbageCollector} from './control/pod-gc.ts';
import {resourceQuotas} from './control/quota/quotas.ts';
import {replicaSets} from './control/replicaset/replicasets.ts';
import {statefulSets} from './control/statefulset/statefulsets.ts';
import {persistentVolumeBinder} from './control/storage/binder.ts';
import {localPathProvisioner} from './control/storage/local-path.ts';
import {minikubeHostpathProvisioner} from './control/storage/minikube-hostpath.ts';
import {claimProtection, volumeProtection} from './control/storage/protection.ts';
import {scheduler} from './schedule/scheduler.ts';

/** Which provisioner serves the default StorageClass: k3s's or minikube's. */
export type Storage = 'local-path' | 'minikube-hostpath';

/** All that watch and act in a cluster, beside the kubelets. @param authority the API server's certificate, in PEM */
export const controllersOf = (storage: Storage, authority: string): readonly Controller[] => [
  namespaces,
  defaultServiceAccount,
  rootCertificate(authority),
  garbageCollector,
  nodeHeartbeats,
  nodeLifecycle,
  taintEviction,
  podGarbageCollector,
  scheduler,
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
  persistentVolumeBinder,
  claimProtection,
  volumeProtection,
  storage === 'local-path' ? localPathProvisioner : minikubeHostpathProvisioner,
  eventTtl,
];
