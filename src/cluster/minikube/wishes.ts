import type {Programs} from './programs.ts';

/**
 * What statelab gives `minikube start` where the learner has said nothing: the least memory that Kubernetes takes per
 * node, in MB, since minikube's own default is more than three nodes may have on many machines; and the runtime that
 * images are brought to fastest.
 */
const ours = {memory: '2200', 'container-runtime': 'containerd'};

/**
 * The flags of what the learner has said nothing about: neither in the flags that are added, nor in a variable MINIKUBE_*,
 * nor with `minikube config set`. All of these are to count, and a flag would be stronger than the latter two.
 */
export async function defaultFlags({minikube, flags, env}: Programs, signal: AbortSignal): Promise<string[]> {
  const format = '{{.ConfigKey}}\n';
  const {stdout} = await minikube(['config', 'view', '--format', format], {signal});
  const configured = new Set(stdout.split('\n').map(line => line.trim()));
  const isSaid = (setting: string) =>
    flags.some(flag => flag === `--${setting}` || flag.startsWith(`--${setting}=`)) ||
    Boolean(env[`MINIKUBE_${setting.toUpperCase().replaceAll('-', '_')}`]) ||
    configured.has(setting);
  return Object.entries(ours).flatMap(([setting, value]) => (isSaid(setting) ? [] : [`--${setting}`, value]));
}
