import type {Container, PodSpec, Volume} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../../objects.ts';
import {generateName} from '../../../registry/generate-name.ts';
import type {StrategyContext} from '../../../registry/strategy.ts';
import {forbidden} from '../../../status-error.ts';
import {syncServiceAccount} from '../pod-template/defaults.ts';

import {podNames} from './names.ts';

/** Where clients in a container look for the token of their service account. */
const tokenPath = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * What the admission plug-in ServiceAccount does: gives the Pod an account, its token and its pull secrets.
 * @throws StatusError Forbidden when there is no such account
 */
export function admitServiceAccount(pod: Of<'pods'>, {registry}: StrategyContext): void {
  const {spec, metadata} = pod;
  if (!spec) return;
  spec.serviceAccountName ||= 'default';
  syncServiceAccount(spec);
  const name = spec.serviceAccountName;
  const account = registry.get('serviceaccounts', metadata.namespace, name);
  if (!account)
    throw forbidden(
      podNames,
      metadata.name,
      `error looking up service account ${metadata.namespace}/${name}: serviceaccount "${name}" not found`,
    );
  if (spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true) mountToken(spec);
  if (account.imagePullSecrets?.length && !spec.imagePullSecrets?.length)
    spec.imagePullSecrets = account.imagePullSecrets.map(secret => ({...secret}));
}

function mountToken(spec: PodSpec): void {
  const without = [...(spec.initContainers ?? []), ...(spec.containers ?? [])].filter(
    container => !hasOwnTokenMount(container),
  );
  if (without.length === 0) return;
  const name = generateName('kube-api-access-');
  for (const container of without) {
    container.volumeMounts ??= [];
    container.volumeMounts.push({name, readOnly: true, mountPath: tokenPath});
  }
  spec.volumes ??= [];
  spec.volumes.push(tokenVolume(name));
}

const hasOwnTokenMount = ({volumeMounts = []}: Container) =>
  volumeMounts.some(({mountPath}) => mountPath === tokenPath);

const tokenVolume = (name: string): Volume => ({
  name,
  projected: {
    sources: [
      // An hour and seven seconds, by which the real one tells tokens that it asked for itself.
      {serviceAccountToken: {expirationSeconds: 3607, path: 'token'}},
      {configMap: {name: 'kube-root-ca.crt', items: [{key: 'ca.crt', path: 'ca.crt'}]}},
      {
        downwardAPI: {
          items: [{path: 'namespace', fieldRef: {apiVersion: 'v1', fieldPath: 'metadata.namespace'}}],
        },
      },
    ],
    defaultMode: 0o644,
  },
});
