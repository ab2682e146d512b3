import type {Container, HTTPGetAction, Probe} from 'kubernetes-types/core/v1.d.ts';

export function setContainerDefaults(container: Container): void {
  container.imagePullPolicy ??= pullPolicyFor(container.image);
  container.resources ??= {};
  container.terminationMessagePath ??= '/dev/termination-log';
  container.terminationMessagePolicy ??= 'File';
  for (const port of container.ports ?? []) port.protocol ??= 'TCP';
  for (const {valueFrom} of container.env ?? []) {
    if (valueFrom?.fieldRef) valueFrom.fieldRef.apiVersion ??= 'v1';
    if (valueFrom?.resourceFieldRef) valueFrom.resourceFieldRef.divisor ??= '0';
  }
  setProbeDefaults(container.livenessProbe);
  setProbeDefaults(container.readinessProbe);
  setProbeDefaults(container.startupProbe);
  setHttpDefaults(container.lifecycle?.postStart?.httpGet);
  setHttpDefaults(container.lifecycle?.preStop?.httpGet);
}

/** Always for `latest`, be it said or not; what is no image's name has no tag. */
const pullPolicyFor = (image: string | undefined): string => {
  const parts = /^(?:[\w.-]+(?::\d+)?\/)?[a-z0-9._/-]+(?::([\w.-]+))?(@[a-z0-9+.]+:[a-f0-9]+)?$/.exec(
    image ?? '',
  );
  if (!parts) return 'IfNotPresent';
  const [, tag, digest] = parts;
  return tag === 'latest' || (tag === undefined && digest === undefined) ? 'Always' : 'IfNotPresent';
};

/** A zero stands for the default, too. */
const setProbeDefaults = (probe: Probe | undefined) => {
  if (!probe) return;
  probe.timeoutSeconds ||= 1;
  probe.periodSeconds ||= 10;
  probe.successThreshold ||= 1;
  probe.failureThreshold ||= 3;
  setHttpDefaults(probe.httpGet);
  if (probe.grpc) probe.grpc.service ??= '';
};

const setHttpDefaults = (get: HTTPGetAction | undefined) => {
  if (!get) return;
  get.path ||= '/';
  get.scheme ||= 'HTTP';
};
