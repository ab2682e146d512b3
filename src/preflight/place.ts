import {kubectlOn, nodeCommandOn, statelabOn} from '../engine/by-hand.ts';
import type {ProviderId} from '../engine/ports.ts';
import {shellWord} from '../shell-word.ts';
import type {Facts, Place} from './facts.ts';

/** Providers whose nodes are containers of this machine's Docker engine. */
const inDocker: ReadonlySet<string> = new Set(['k3d', 'minikube']);
export const usesDocker = (provider: ProviderId): boolean => inDocker.has(provider);

/** A command of statelab's that is about this cluster. */
export const statelab = (
  command: string,
  {provider, cluster: name}: Pick<Place, 'provider' | 'cluster'>,
): string => statelabOn({provider, name}, command);

/** One that stops, starts or enters a node of it. */
export const nodeCommand = (
  command: string,
  {provider, cluster: name}: Pick<Place, 'provider' | 'cluster'>,
): string => nodeCommandOn({provider, name}, command);

/** kubectl on this very cluster. */
export const kubectlAt = ({place, cluster}: Pick<Facts, 'place' | 'cluster'>, command: string): string =>
  kubectlOn(
    {
      provider: place.provider,
      name: place.cluster,
      kubeconfig: cluster?.state === 'up' ? cluster.kubeconfig : undefined,
    },
    command,
  );

/** What starts a cluster of ours anew, with certificates that are renewed by that; of another one, what shows how it is. */
export function revive(facts: Pick<Facts, 'place' | 'cluster'>): string[] {
  const {provider, cluster} = facts.place;
  const stop: Record<string, string> = {
    k3d: `k3d cluster stop ${shellWord(cluster)}`,
    minikube: `minikube stop --profile ${shellWord(cluster)}`,
  };
  const first = stop[provider];
  if (provider === 'context') return [kubectlAt(facts, 'get nodes')];
  return [...(first === undefined ? [] : [first]), statelab('cluster up', facts.place)];
}

/** The ids of all labs that are asked about. */
export const everyLab = ({labs}: Facts): string[] => labs.map(({id}) => id);

/** The Docker engine, where the nodes are its containers and it answers. */
export const nodesEngine = ({place, docker}: Facts) =>
  usesDocker(place.provider) && docker?.state === 'up' ? docker : undefined;
