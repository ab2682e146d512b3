import type {ProviderId} from '../engine/ports.ts';
import type {ErrorFacts, Reason} from '../errors.ts';
import type {Need} from '../lab/needs.ts';

/** What is looked at, in the order in which it is told. */
export const checkGroups = {
  machine: [
    'docker',
    'provider',
    'kubectl',
    'cgroup',
    'image-store',
    'disk',
    'memory',
    'inotify',
    'architecture',
    'proxy',
    'ports',
  ],
  cluster: [
    'cluster',
    'certificate',
    'clock',
    'nodes',
    'rights',
    'shared-mount',
    'storage-class',
    'pod-security',
  ],
  labs: ['labs'],
} as const;
export type CheckGroup = keyof typeof checkGroups;
export type CheckId = (typeof checkGroups)[CheckGroup][number];

export const checkIds: readonly CheckId[] = Object.values(checkGroups).flat();

/** All is well; it goes, but something will be missing or go wrong; it does not go. */
export const findingStates = ['ok', 'warn', 'stop'] as const;
export type FindingState = (typeof findingStates)[number];

/** The facts that each finding's sentences are made of; the sentences are found by code in src/ui/messages. Sizes are bytes. */
export interface FindingFacts {
  'docker-up': {version: string};
  'docker-missing': {provider: ProviderId};
  'docker-down': {provider: ProviderId} & Reason;
  'provider-refuses': {provider: ProviderId; error: SaidError};
  'docker-denied': {detail: string};
  'kubectl-there': {version: string};
  'kubectl-missing': {fetchable: boolean};
  'kubectl-broken': {detail: string};
  'kubectl-skew': {version: string; server: string; minimum: string};
  'cgroup-2': Record<never, never>;
  'cgroup-1-runs': Record<never, never>;
  'cgroup-1': {image: string; surely: boolean};
  'images-in-docker': Record<never, never>;
  'images-in-containerd': Record<never, never>;
  'disk-room': {what: DiskUse; path: string; free: number};
  'disk-short': {what: DiskUse; path: string; free: number; wanted: number};
  /** The nodes see the same disk, and a kubelet gives Pods up when less than `least` of it is free. */
  'disk-pressure': {path: string; free: number; least: number};
  'memory-enough': {total: number};
  'memory-short': {total: number; wanted: number};
  'memory-taken': {free: number; wanted: number};
  'inotify-enough': {instances: number};
  'inotify-low': {instances: number; wanted: number};
  'architecture-known': {architecture: string};
  'architecture-unknown': {architecture: string; image: string};
  'proxy-none': Record<never, never>;
  'proxy-passed-by': {variable: string};
  'proxy-in-the-way': {variable: string; host: string};
  'proxy-not-for-docker': {variable: string};
  'ports-free': {ports: readonly number[]};
  'port-taken': {port: number};
  'cluster-up': {provider: ProviderId; cluster: string; version: string};
  'cluster-none': {provider: ProviderId; cluster: string};
  'cluster-stopped': {provider: ProviderId; cluster: string};
  'cluster-foreign': {provider: ProviderId; cluster: string};
  'cluster-unreachable': {provider: ProviderId; cluster: string; detail: string};
  'cluster-refuses': {provider: ProviderId; cluster: string; error: SaidError};
  'cluster-changed': {cluster: string};
  'certificate-valid': {until: number};
  'certificate-expired': {whose: CertificateOwner; at: number};
  'certificate-not-yet': {whose: CertificateOwner; at: number};
  'clock-agrees': Record<never, never>;
  /** The cluster's clock is `seconds` ahead of this machine's; behind, when negative. */
  'clock-differs': {seconds: number};
  'nodes-ready': {nodes: number; workers: number};
  'nodes-few': {workers: number; wanted: number};
  'nodes-not-ready': {nodes: readonly string[]};
  'nodes-cordoned': {nodes: readonly string[]};
  'rights-all': Record<never, never>;
  /** The learner has not allowed it. */
  'rights-unasked': {needs: readonly Need[]};
  /** The cluster does not. */
  'rights-forbidden': {needs: readonly Need[]};
  'node-operations-off': {provider: ProviderId};
  'shared-mount-there': {path: string};
  'shared-mount-missing': Record<never, never>;
  'class-default': {name: string; provisioner?: string; bindingMode?: string};
  'class-none': Record<never, never>;
  'class-several': {names: readonly string[]; taken: string};
  'class-starts-empty': {name: string};
  'host-path-admitted': Record<never, never>;
  'host-path-refused': {namespace: string; level?: string};
  'labs-whole': {labs: number};
  'labs-in-part': {refused: readonly string[]; shortened: readonly string[]};
}
/** An expected error, whose sentences are those of the finding. */
interface SaidError {
  code: keyof ErrorFacts;
  facts: object;
}
export type FindingCode = keyof FindingFacts;
export type DiskUse = 'home' | 'docker';
export type CertificateOwner = 'server' | 'user';

/** What --fix can do by itself. */
export type Fix = 'fetch-kubectl' | 'start-cluster' | 'raise-inotify';

export interface Finding<C extends FindingCode = FindingCode> {
  check: CheckId;
  state: FindingState;
  code: C;
  facts: FindingFacts[C];
  /** The ids of the labs that it matters for; empty when it matters for none. */
  labs: readonly string[];
  /** The commands that mend it, in their order; none where no command does. */
  mend: readonly string[];
  fix?: Fix;
}

type More = Partial<Pick<Finding, 'labs' | 'mend' | 'fix'>>;

const found =
  (state: FindingState) =>
  <C extends FindingCode>(check: CheckId, code: C, facts: FindingFacts[C], more: More = {}): Finding<C> => ({
    check,
    state,
    code,
    facts,
    labs: [],
    mend: [],
    ...more,
  });

export const ok = found('ok');
export const warn = found('warn');
export const stop = found('stop');
