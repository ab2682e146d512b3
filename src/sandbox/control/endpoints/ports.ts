import type {Of} from '../../objects.ts';

/** A Service's port, on one Pod. */
export interface Port {
  /** '' for the only one. */
  name: string;
  port: number;
  protocol: string;
}

/** Where a Service's ports lead to on this Pod; a named target port that the Pod does not have leads nowhere. */
export const portsOf = ({spec}: Of<'services'>, pod: Of<'pods'>): Port[] =>
  (spec?.ports ?? []).flatMap(({name = '', port, targetPort, protocol = 'TCP'}) => {
    const number =
      typeof targetPort === 'string' ? namedPort(pod, targetPort, protocol) : (targetPort ?? port);
    return number === undefined ? [] : [{name, port: number, protocol}];
  });

/** Of the containers, or of an init container that stays. */
function namedPort({spec}: Of<'pods'>, wanted: string, wantedProtocol: string): number | undefined {
  const sidecars = (spec?.initContainers ?? []).filter(({restartPolicy}) => restartPolicy === 'Always');
  return [...(spec?.containers ?? []), ...sidecars]
    .flatMap(({ports = []}) => ports)
    .find(({name, protocol = 'TCP'}) => name === wanted && protocol === wantedProtocol)?.containerPort;
}
