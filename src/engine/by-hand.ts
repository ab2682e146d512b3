import {shellWord} from '../shell-word.ts';
import type {ProviderId} from './ports.ts';

/** The cluster that a command typed by hand is meant for: the learner's own current context may be another one. */
export interface Where {
  provider: ProviderId;
  /** The provider's name for it. */
  name: string;
  /** statelab's own; undefined where there is none, as of a cluster that does not run. */
  kubeconfig?: string | undefined;
}

/** kubectl on this very cluster, as far as it can be told which. */
export function kubectlOn({provider, name, kubeconfig}: Where, command: string): string {
  if (provider === 'context') return `kubectl --context ${shellWord(name)} ${command}`;
  return kubeconfig === undefined
    ? `kubectl ${command}`
    : `kubectl --kubeconfig ${shellWord(kubeconfig)} ${command}`;
}

/** statelab on this very cluster. */
export const statelabOn = ({provider, name}: Where, command: string): string =>
  `statelab ${command} --provider ${provider} ${provider === 'context' ? '--context' : '--cluster'} ${shellWord(name)}`;

/** The same for a command that stops, starts or enters a node: on somebody else's cluster it has to be allowed. */
export const nodeCommandOn = (where: Where, command: string): string =>
  statelabOn(where, `node ${command}`) + (where.provider === 'context' ? ' --allow-node-operations' : '');
