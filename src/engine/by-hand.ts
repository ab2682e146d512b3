import {shellWord} from '../shell-word.ts';
import type {Cluster} from './ports.ts';

/** The cluster that a command typed by hand is meant for: the learner's own current context may be another one. */
export type Where = Pick<Cluster, 'provider' | 'name' | 'kubeconfig'>;

/** kubectl on this very cluster. */
export const kubectlOn = ({provider, name, kubeconfig}: Where, command: string): string =>
  provider === 'context'
    ? `kubectl --context ${shellWord(name)} ${command}`
    : `kubectl --kubeconfig ${shellWord(kubeconfig)} ${command}`;

/** statelab on this very cluster. */
export const statelabOn = ({provider, name}: Where, command: string): string =>
  `statelab ${command} --provider ${provider} ${provider === 'context' ? '--context' : '--cluster'} ${shellWord(name)}`;
