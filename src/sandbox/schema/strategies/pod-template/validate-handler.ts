import type {Container, Lifecycle, LifecycleHandler, Probe} from 'kubernetes-types/core/v1.d.ts';
import type {StatusCause} from '../../../status-error.ts';
import {forbidden, invalid, notSupported, required} from '../field-errors.ts';
import {portName} from '../names.ts';
import {nonNegative, port} from '../numbers.ts';

export function validateLifecycle({postStart, preStop}: Lifecycle, field: string): StatusCause[] {
  return [
    ...(postStart ? validateHandler(postStart, `${field}.postStart`) : []),
    ...(preStop ? validateHandler(preStop, `${field}.preStop`) : []),
  ];
}

/** The three probes of a container, in the order in which they are looked at. */
export function validateProbes(container: Container, field: string): StatusCause[] {
  const {livenessProbe, readinessProbe, startupProbe} = container;
  return [
    ...(livenessProbe ? validateProbe(livenessProbe, `${field}.livenessProbe`) : []),
    ...(livenessProbe ? oneSuccess(livenessProbe, `${field}.livenessProbe`) : []),
    ...(readinessProbe ? validateProbe(readinessProbe, `${field}.readinessProbe`) : []),
    ...(readinessProbe?.terminationGracePeriodSeconds !== undefined
      ? [
          invalid(
            `${field}.readinessProbe.terminationGracePeriodSeconds`,
            readinessProbe.terminationGracePeriodSeconds,
            'must not be set for readinessProbes',
          ),
        ]
      : []),
    ...(startupProbe ? validateProbe(startupProbe, `${field}.startupProbe`) : []),
    ...(startupProbe ? oneSuccess(startupProbe, `${field}.startupProbe`) : []),
  ];
}

const oneSuccess = ({successThreshold}: Probe, field: string): StatusCause[] =>
  successThreshold === 1 ? [] : [invalid(`${field}.successThreshold`, successThreshold, 'must be 1')];

function validateProbe(probe: Probe, field: string): StatusCause[] {
  const {terminationGracePeriodSeconds: grace} = probe;
  return [
    ...validateHandler(probe, field),
    ...nonNegative(`${field}.initialDelaySeconds`, probe.initialDelaySeconds),
    ...nonNegative(`${field}.timeoutSeconds`, probe.timeoutSeconds),
    ...nonNegative(`${field}.periodSeconds`, probe.periodSeconds),
    ...nonNegative(`${field}.successThreshold`, probe.successThreshold),
    ...nonNegative(`${field}.failureThreshold`, probe.failureThreshold),
    ...(grace !== undefined && grace <= 0
      ? [invalid(`${field}.terminationGracePeriodSeconds`, grace, 'must be greater than 0')]
      : []),
  ];
}

type Handler = Probe & LifecycleHandler;

/** Exactly one way to ask; the second one found is told. */
function validateHandler(handler: Handler, field: string): StatusCause[] {
  const given = handlerKinds.filter(kind => handler[kind] !== undefined);
  if (given.length === 0) return [required(field, 'must specify a handler type')];
  return given.flatMap((kind, index) =>
    index > 0
      ? [forbidden(`${field}.${kind}`, 'may not specify more than 1 handler type')]
      : validateKind(handler, kind, `${field}.${kind}`),
  );
}

const handlerKinds = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const;

function validateKind(handler: Handler, kind: (typeof handlerKinds)[number], field: string): StatusCause[] {
  const {exec, httpGet, tcpSocket, grpc} = handler;
  if (kind === 'exec') return exec?.command?.length ? [] : [required(`${field}.command`, '')];
  if (kind === 'httpGet' && httpGet)
    return [
      ...(httpGet.path ? [] : [required(`${field}.path`, '')]),
      ...validatePort(httpGet.port, `${field}.port`),
      ...(httpGet.scheme === 'HTTP' || httpGet.scheme === 'HTTPS'
        ? []
        : [notSupported(`${field}.scheme`, httpGet.scheme, ['HTTP', 'HTTPS'])]),
    ];
  if (kind === 'tcpSocket') return validatePort(tcpSocket?.port ?? 0, `${field}.port`);
  return kind === 'grpc' ? port(`${field}.port`, grpc?.port ?? 0) : [];
}

/** A number or the name of one of the container's ports. */
export const validatePort = (value: number | string, field: string): StatusCause[] =>
  typeof value === 'number' ? port(field, value) : portName(value).map(said => invalid(field, value, said));
