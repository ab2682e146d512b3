import {isReady} from '../../world/node.ts';
import type {KubeObject} from '../../world/object.ts';
import type {Check} from '../check.ts';
import type {Facts} from '../facts.ts';
import {type Finding, ok, stop, warn} from '../finding.ts';
import {labsNeeding} from '../needing.ts';
import {everyLab, kubectlAt, nodeCommand} from '../place.ts';

/** Are there nodes enough, and do they take Pods? */
export const nodes: Check = facts => {
  const {cluster} = facts;
  if (cluster?.state !== 'up' || !cluster.nodes) return [];
  const {nodes} = cluster;
  const {workers} = cluster.capabilities;
  const bad = [...few(workers, facts), ...notReady(nodes, facts), ...cordoned(nodes, facts)];
  return bad.length > 0 ? bad : [ok('nodes', 'nodes-ready', {nodes: nodes.length, workers})];
};

function few(workers: number, facts: Facts): Finding[] {
  const wanted = 2;
  if (workers >= wanted) return [];
  return [warn('nodes', 'nodes-few', {workers, wanted}, {labs: labsNeeding(facts, 'workers')})];
}

function notReady(nodes: readonly KubeObject[], facts: Facts): Finding[] {
  const names = nodes.filter(node => !isReady(node)).map(({metadata}) => metadata.name);
  if (names.length === 0) return [];
  const {cluster, place} = facts;
  const off =
    cluster?.state === 'up' && cluster.capabilities.nodeOperations ? stoppedOf(cluster.machines) : [];
  const mend = names.map(name =>
    off.includes(name) ? nodeCommand(`start ${name}`, place) : kubectlAt(facts, `describe node ${name}`),
  );
  const bad = names.length === nodes.length ? stop : warn;
  return [bad('nodes', 'nodes-not-ready', {nodes: names}, {labs: everyLab(facts), mend})];
}

const stoppedOf = (machines: readonly {name: string; running: boolean}[] = []): string[] =>
  machines.filter(({running}) => !running).map(({name}) => name);

/** A lab may have told the learner to, so it is only said. On somebody else's cluster it is their business. */
function cordoned(nodes: readonly KubeObject[], facts: Facts): Finding[] {
  const names = nodes.filter(isCordoned).map(({metadata}) => metadata.name);
  const ours = facts.cluster?.state === 'up' && facts.cluster.ours;
  if (names.length === 0) return [];
  const mend = ours ? names.map(name => kubectlAt(facts, `uncordon ${name}`)) : [];
  return [warn('nodes', 'nodes-cordoned', {nodes: names}, {labs: everyLab(facts), mend})];
}

const isCordoned = ({spec}: KubeObject): boolean =>
  (spec as {unschedulable?: boolean} | undefined)?.unschedulable === true;
