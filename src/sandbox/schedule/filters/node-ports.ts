import type {ContainerPort} from 'kubernetes-types/core/v1.d.ts';
import {nodeAdded, podLeft} from '../changes.ts';
import type {Pod} from '../cluster-state.ts';
import {type Filter, notNow} from '../filter.ts';

/** Two Pods cannot have the same port of a node. */
export const nodePorts: Filter = {
  name: 'NodePorts',
  prepare(pod) {
    const wanted = hostPorts(pod);
    if (wanted.length === 0) return undefined;
    return {
      check: ({pods}) =>
        [...pods.values()].flatMap(hostPorts).some(taken => wanted.some(port => collide(port, taken)))
          ? notNow("node(s) didn't have free ports for the requested pod ports")
          : undefined,
    };
  },
  mayHelp: change => podLeft(change) || nodeAdded(change),
};

const hostPorts = ({spec}: Pod) =>
  (spec?.containers ?? [])
    .flatMap(({ports = []}) => ports)
    .filter(({hostPort}) => hostPort !== undefined && hostPort > 0);

function collide(one: ContainerPort, other: ContainerPort): boolean {
  const everywhere = [one, other].some(({hostIP = ''}) => hostIP === '' || hostIP === '0.0.0.0');
  return (
    one.hostPort === other.hostPort &&
    (one.protocol ?? 'TCP') === (other.protocol ?? 'TCP') &&
    (everywhere || one.hostIP === other.hostIP)
  );
}
