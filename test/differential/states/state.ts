import {podState} from './pod.ts';

export interface Condition {
  type: string;
  status: string;
  reason?: string;
}

/** An object of the API, as far as states tell of it. */
export interface Observed {
  metadata: {name: string; uid: string; deletionTimestamp?: string; finalizers?: string[]};
  // biome-ignore lint/suspicious/noExplicitAny: whatever the server sends; a missing field is a state too.
  spec?: any;
  // biome-ignore lint/suspicious/noExplicitAny: the same.
  status?: any;
}

/** What matters of an object's state, in one line. Of what real clusters do in no fixed order, nothing. */
export function stateOf(resource: string, object: Observed): string {
  const words = (states[resource] ?? phase)(object);
  if (object.metadata.deletionTimestamp) words.push('deleting');
  return words.join(' ');
}

const phase = ({status}: Observed): string[] => [status?.phase ?? '-'];

const replicas = ({spec, status}: Observed): string[] => [`${status?.readyReplicas ?? 0}/${spec?.replicas}`];

const states: Record<string, (object: Observed) => string[]> = {
  pods: podState,
  deployments: replicas,
  replicasets: replicas,
  statefulsets: replicas,
  daemonsets: ({status}) => [`${status?.numberReady ?? 0}/${status?.desiredNumberScheduled ?? 0}`],
  jobs: ({status}) => [
    `${status?.succeeded ?? 0} succeeded, ${status?.failed ?? 0} failed`,
    ...conditions(status?.conditions).map(({type, reason}) => `${type}:${reason ?? ''}`),
  ],
};

const conditions = (list: readonly Condition[] | undefined): Condition[] =>
  (list ?? []).filter(({status}) => status === 'True');
