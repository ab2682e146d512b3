import {shellWord} from '../shell-word.ts';
import type {NodeBaseline, Undo} from '../world/baseline.ts';
import {kubectlOn, nodeCommandOn, statelabOn, type Where} from './by-hand.ts';

/** What of a plan is left, as kubectl would name it. */
export function nameOfLeft(step: Undo): string {
  switch (step.type) {
    case 'clear-namespace':
      return `what is in the namespace ${step.namespace}`;
    case 'delete-namespace':
      return `namespace ${step.namespace}`;
    case 'delete-object':
      return `${step.kind}/${step.name} in the namespace ${step.namespace}`;
    case 'remove-directory':
      return `${step.path} on ${step.node}`;
    case 'release-volume':
    case 'delete-volume':
      return `PersistentVolume ${step.name}${step.claim === undefined ? '' : ` (claimed by ${step.claim})`}`;
    default:
      return `node ${step.node} (${step.type})`;
  }
}

/**
 * The commands that do by hand what could not be done.
 * @param now the nodes as they are, for their taints
 */
export function mendingCommands(step: Undo, now: readonly NodeBaseline[], where: Where): string[] {
  const kubectl = (command: string) => [kubectlOn(where, command)];
  switch (step.type) {
    case 'start-node':
      return [nodeCommandOn(where, `start ${step.node}`)];
    case 'register-node':
      return ['stop', 'start'].map(doing => nodeCommandOn(where, `${doing} ${step.node}`));
    case 'await-node':
      return kubectl(`wait --for=condition=Ready node/${step.node}`);
    case 'cordon':
    case 'uncordon':
      return kubectl(`${step.type} ${step.node}`);
    case 'labels':
      return kubectl(`label --overwrite node ${step.node} ${labelWords(step.labels).join(' ')}`);
    case 'annotations': {
      const words = Object.entries(step.annotations).map(pair => shellWord(pair.join('=')));
      return kubectl(`annotate node ${step.node} ${words.join(' ')}`);
    }
    case 'taints':
      return kubectl(`taint --overwrite node ${step.node} ${taintWords(step, now).join(' ')}`);
    case 'delete-object':
      return kubectl(`delete --namespace ${step.namespace} ${step.kind}/${step.name}`);
    case 'clear-namespace':
      return kubectl(`delete all,pvc,pdb --all --namespace ${step.namespace}`);
    case 'delete-namespace':
      return kubectl(`delete namespace ${step.namespace}`);
    case 'release-volume':
    case 'delete-volume':
      return kubectl(`delete persistentvolume ${step.name}`);
    case 'remove-directory':
      // The machines of somebody else's cluster may be out of statelab's reach; kubectl has the node's files at /host.
      if (where.provider === 'context')
        return kubectl(`debug node/${step.node} --image busybox -- rm -r /host${step.path}`);
      // What stands behind the node belongs to the command.
      return [`${statelabOn(where, 'node exec')} ${step.node} -- rm -r ${step.path}`];
  }
}

const labelWords = (labels: Record<string, string | null>): string[] =>
  Object.entries(labels).map(([key, value]) => (value === null ? `${key}-` : `${key}=${value}`));

function taintWords({node, taints}: Extract<Undo, {type: 'taints'}>, now: readonly NodeBaseline[]): string[] {
  const id = ({key, effect}: {key: string; effect: string}) => `${key}:${effect}`;
  const present = now.find(({name}) => name === node)?.taints ?? [];
  return [
    ...present.filter(taint => !taints.some(one => id(one) === id(taint))).map(taint => `${id(taint)}-`),
    ...taints.map(({key, value = '', effect}) => `${key}=${value}:${effect}`),
  ];
}
