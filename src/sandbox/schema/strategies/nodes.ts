import type {NodeSpec, Taint} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../objects.ts';
import {labelValue, qualifiedName} from '../../registry/names.ts';
import type {Strategy} from '../../registry/strategy.ts';
import type {StatusCause} from '../../status-error.ts';
import {duplicate, forbidden, invalid, required} from './field-errors.ts';
import {goJson} from './go-json.ts';
import {oneOf} from './one-of.ts';
import {taintEffects} from './pod-template/validate-tolerations.ts';

export const nodes: Strategy<Of<'nodes'>> = {
  defaults(node) {
    node.spec ??= {};
    if (node.spec.podCIDR) node.spec.podCIDRs ??= [node.spec.podCIDR];
    node.status ??= {};
    node.status.daemonEndpoints ??= {kubeletEndpoint: {Port: 0}};
    node.status.nodeInfo ??= unknownNode();
  },
  beforeCreate({spec}) {
    if (!spec) return;
    spec.taints ??= [];
    // The admission plug-in TaintNodesByCondition: nothing is scheduled there before the node says it is ready.
    const taint = {key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule'};
    if (!spec.taints.some(({key, effect}) => key === taint.key && effect === taint.effect))
      spec.taints.push(taint);
  },
  validate: ({spec}) => validateTaints(spec?.taints ?? [], 'metadata.taints'),
  validateUpdate: ({spec}, {spec: before}) => (spec && before ? validateFixed(spec, before) : []),
};

const unknownNode = () => ({
  machineID: '',
  systemUUID: '',
  bootID: '',
  kernelVersion: '',
  osImage: '',
  containerRuntimeVersion: '',
  kubeletVersion: '',
  kubeProxyVersion: '',
  operatingSystem: '',
  architecture: '',
});

function validateTaints(taints: readonly Taint[], field: string): StatusCause[] {
  const seen = new Set<string>();
  return taints.flatMap((taint, index) => {
    const path = `${field}[${index}]`;
    const pair = `${taint.effect} ${taint.key}`;
    const again = seen.has(pair);
    seen.add(pair);
    return [...validateTaint(taint, path), ...(again ? [twice(taint, path)] : [])];
  });
}

function twice(taint: Taint, field: string): StatusCause {
  const {message, ...cause} = duplicate(field, goJson('Taint', taint));
  return {...cause, message: `${message}: taints must be unique by key and effect pair`};
}

function validateTaint({key, value = '', effect}: Taint, field: string): StatusCause[] {
  return [
    ...qualifiedName(key).map(said => invalid(`${field}.key`, key, said)),
    ...labelValue(value).map(said => invalid(`${field}.value`, value, said)),
    ...(effect
      ? oneOf(`${field}.effect`, effect, taintEffects, {inOrder: true})
      : [required(`${field}.effect`, '')]),
  ];
}

/** Who has got one keeps it. */
function validateFixed(spec: NodeSpec, before: NodeSpec): StatusCause[] {
  const changed = (field: 'podCIDR' | 'providerID') => before[field] && spec[field] !== before[field];
  const why = (field: string) => `node updates may not change ${field} except from "" to valid`;
  return [
    ...(changed('podCIDR') ? [forbidden('spec.podCIDRs', why('podCIDR'))] : []),
    ...(changed('providerID') ? [forbidden('spec.providerID', why('providerID'))] : []),
  ];
}
