import {type KubeObject, refOf} from '../../world/object.ts';
import type {DiagnosisFacts} from '../diagnosis.ts';
import type {Scene} from '../select.ts';
import {notScheduled} from './not-scheduled.ts';
import type {Rule} from './rule.ts';

/** No node may take the Pod, and the scheduler says why. */
export const unschedulable: Rule = context => {
  const [refused] = notScheduled(context);
  if (!refused) return undefined;
  const {pod, says} = refused;
  const wanted = nodeLabelsOf(pod);
  const reason = reasonOf(says);
  const bySelector = reason === 'selector' && wanted.length > 0;
  const nodesHave = bySelector ? valuesOnNodes(pod, context.scene) : [];
  const path = bySelector ? 'spec.nodeSelector' : paths[reason];
  return {
    code: 'unschedulable',
    facts: {
      reason,
      ...(reason !== 'cordoned' && /were unschedulable/.test(says) ? {cordoned: true} : {}),
      ...(wanted.length > 0 ? {nodeSelector: wanted.join(',')} : {}),
      ...(nodesHave.length > 0 ? {nodesHave} : {}),
    },
    object: refOf('pods', pod),
    ...(path === undefined ? {} : {path}),
    verdict: 'off-track',
    proof: says,
  };
};

/** The field that is to be looked at; where a selector is none of nodeSelector, only the scheduler knows. */
const paths: Partial<Record<DiagnosisFacts['unschedulable']['reason'], string>> = {
  cordoned: 'spec.taints',
  resources: 'spec.containers[].resources.requests',
};

const nodeSelectorOf = (pod: KubeObject) =>
  (pod.spec as {nodeSelector?: Record<string, string>} | undefined)?.nodeSelector ?? {};

const nodeLabelsOf = (pod: KubeObject) =>
  Object.entries(nodeSelectorOf(pod)).map(([key, value]) => `${key}=${value}`);

/** What the nodes have for the first label that none of them has as asked. */
function valuesOnNodes(pod: KubeObject, {world}: Scene): string[] {
  const nodes = world.objects('nodes');
  const lacking = Object.entries(nodeSelectorOf(pod)).find(([key, value]) =>
    nodes.every(({metadata}) => metadata.labels?.[key] !== value),
  );
  if (!lacking) return [];
  const [key] = lacking;
  const values = nodes.flatMap(({metadata}) => metadata.labels?.[key] ?? []);
  return [...new Set(values)].map(value => `${key}=${value}`);
}

/** The wording changed in Kubernetes 1.33 (k8s#129887), so both forms are looked for. */
function reasonOf(message: string): DiagnosisFacts['unschedulable']['reason'] {
  if (/volume node affinity conflict|PersistentVolume's node affinity/.test(message)) return 'volume';
  if (/node affinity\/selector|node selector|anti-affinity/.test(message)) return 'selector';
  if (/Insufficient/.test(message)) return 'resources';
  return /were unschedulable|untolerated taint/.test(message) ? 'cordoned' : 'other';
}
