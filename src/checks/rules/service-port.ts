import {type KubeObject, refOf} from '../../world/object.ts';
import {inLab} from '../select.ts';
import type {Rule, RuleContext} from './rule.ts';
import {concernsServices, selectedBy, serviceSpecOf} from './services.ts';

interface ContainerPort {
  name?: string;
  containerPort: number;
}
interface Container {
  image?: string;
  ports?: ContainerPort[];
}

/** What the programs of well-known images listen on; a manifest need not say it. */
const portsOfImages: readonly (readonly [RegExp, number])[] = [
  [/(^|\/)nginx(:|@|$)/, 80],
  [/(^|\/)(mariadb|mysql)(:|@|$)/, 3306],
];

/** A Service sends to a port on which no container of its Pods listens. */
export const servicePort: Rule = context => {
  if (!concernsServices(context) || selectsOtherwise(context)) return undefined;
  for (const service of inLab({kind: 'services'}, context.scene)) {
    const [pod] = selectedBy(service, context.scene);
    const listens = pod ? portsOf(pod) : [];
    // Nothing is known of what the Pods listen on.
    if (!pod || listens.length === 0) continue;
    const wrong = (serviceSpecOf(service).ports ?? []).find(
      ({port, targetPort = port}) =>
        !listens.some(one => (typeof targetPort === 'string' ? one.name : one.containerPort) === targetPort),
    );
    if (!wrong) continue;
    return {
      code: 'service-port',
      facts: {
        port: wrong.port,
        target: String(wrong.targetPort ?? wrong.port),
        listens: listens.map(({name, containerPort}) =>
          name ? `${containerPort} (${name})` : `${containerPort}`,
        ),
        pod: pod.metadata.name,
      },
      object: refOf('services', service),
      path: 'spec.ports[].targetPort',
      verdict: 'off-track',
    };
  }
  return undefined;
};

/** Then the ports are those of the wrong Pods. */
const selectsOtherwise = ({mismatches}: RuleContext) =>
  mismatches.some(one => one.type === 'field' && one.path.startsWith('spec.selector'));

function portsOf(pod: KubeObject): ContainerPort[] {
  const {containers = []} = (pod.spec ?? {}) as {containers?: Container[]};
  return containers.flatMap(({image = '', ports = []}) =>
    ports.length > 0
      ? ports
      : portsOfImages.flatMap(([pattern, containerPort]) => (pattern.test(image) ? [{containerPort}] : [])),
  );
}
