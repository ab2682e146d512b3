import {looksOf} from '../../lab/look-of.ts';
import {refOf} from '../../world/object.ts';
import type {NetworkFacts} from '../facts/network.ts';
import {nearest} from '../nearest.ts';
import {podSummary} from '../pod-state.ts';
import {inLab, type Scene} from '../select.ts';
import {heard} from './heard.ts';
import type {Rule, RuleContext} from './rule.ts';
import {serviceSpecOf} from './services.ts';

/** What programs say of a name that the cluster's DNS does not know; getent says nothing. */
const unknownHost =
  /can't find (\S+?): NXDOMAIN|Unknown (?:MySQL )?server host '([^']+)'|Could not resolve host: (\S+)|bad address '([^']+)'|can't resolve '([^']+)'/;
const resolvers = ['getent', 'nslookup', 'dig', 'host'];

/** A name of a Service, or of a StatefulSet's Pod, does not resolve. */
export const nameUnresolved: Rule = context => {
  for (const {text, pod} of heard(context)) {
    const host = hostOf(text, context);
    const why = host && whyUnknown(host, context.scene);
    if (!host || !why) continue;
    return {
      code: 'name-unresolved',
      facts: {host, ...why},
      ...(pod ? {object: refOf('pods', pod)} : {}),
      verdict: 'off-track',
      ...(text === '' ? {} : {proof: text}),
    };
  }
  return undefined;
};

function hostOf(text: string, {milestone}: RuleContext): string | undefined {
  const said = unknownHost.exec(text)?.slice(1).find(Boolean);
  if (said !== undefined) return said.replace(/\.$/, '');
  const resolver = looksOf(milestone)
    .flatMap(look => ('exec' in look ? [look.exec.command] : []))
    .find(([program = '']) => resolvers.includes(program));
  return text === '' ? resolver?.findLast(arg => !arg.startsWith('-')) : undefined;
}

type Why = Omit<NetworkFacts['name-unresolved'], 'host'>;

/** Which of the things that make a name is not there: the Service, its being headless, the Pod, its being ready. */
function whyUnknown(host: string, scene: Scene): Why | undefined {
  if (!scene.world.sees('services')) return undefined;
  const services = inLab({kind: 'services'}, scene);
  const names = services.map(({metadata}) => metadata.name);
  const [first = '', second] = host.replace(/\.svc(\..*)?$/, '').split('.');
  const isNamespace = second === undefined || second === scene.namespace;
  const [podName, serviceName] = isNamespace ? [undefined, first] : [first, second];
  const service = services.find(({metadata}) => metadata.name === serviceName);
  if (!service) {
    const near = nearest(serviceName, names);
    return {because: 'no-service', about: serviceName, ...(near === undefined ? {} : {nearest: near})};
  }
  if (podName === undefined) return undefined;
  if (serviceSpecOf(service).clusterIP !== 'None') return {because: 'not-headless', about: serviceName};
  const [pod] = inLab({kind: 'pods', name: podName}, scene);
  if (!pod) return {because: 'no-pod', about: podName};
  const {subdomain = ''} = (pod.spec ?? {}) as {subdomain?: string};
  if (subdomain !== serviceName)
    return {because: 'other-service-name', about: serviceName, nearest: subdomain};
  // A ready Pod that the Service selects has its name; it only is not known everywhere yet.
  return podSummary(pod).ready ? undefined : {because: 'unready', about: podName};
}
