import type {Check} from '../check.ts';
import {ok, stop, warn} from '../finding.ts';
import {everyLab, nodesEngine} from '../place.ts';

/** The last minor version whose kubelet takes cgroup v1 without being told. */
const lastForVersion1 = 'rancher/k3s:v1.34.3-k3s1';

/** The kubelet of Kubernetes 1.35 and newer does not start under cgroup v1, unless its image tells it to. */
export const cgroup: Check = facts => {
  const {nodeImage, cluster} = facts;
  const engine = nodesEngine(facts);
  if (!engine) return [];
  if (engine.cgroup === '2') return [ok('cgroup', 'cgroup-2', {})];
  // Nodes that run have shown that they do.
  if (!facts.toStart) return cluster?.state === 'up' ? [ok('cgroup', 'cgroup-1-runs', {})] : [];
  // minikube configures its kubelets for what it finds.
  if (nodeImage === undefined) return [ok('cgroup', 'cgroup-1-runs', {})];
  const {provider, cluster: name} = facts.place;
  const older = `statelab cluster up --provider ${provider} --cluster ${name} --k3s-image ${lastForVersion1}`;
  const more = {labs: everyLab(facts), mend: [older]};
  const [, minor] = /^rancher\/k3s:v1\.(\d+)/.exec(nodeImage) ?? [];
  if (minor !== undefined && Number(minor) < 35) return [ok('cgroup', 'cgroup-1-runs', {})];
  // An image that somebody else built may have been built for it.
  const surely = minor !== undefined && cluster?.state !== 'stopped';
  return [(surely ? stop : warn)('cgroup', 'cgroup-1', {image: nodeImage, surely}, more)];
};
