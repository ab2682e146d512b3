import type {CreateOptions} from '../../engine/ports.ts';
import {sharedMount} from '../../kube/node-directory.ts';
import {ownerLabel} from '../docker/owner.ts';
import {profileLabel, sharedVolume} from './delete.ts';
import {tellSteps} from './events.ts';
import type {Programs} from './programs.ts';
import {defaultFlags} from './wishes.ts';

/** Makes a profile from nothing. */
export async function makeCluster(
  programs: Programs,
  profile: string,
  {agents}: CreateOptions,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const labels = [ownerLabel, profileLabel(profile)].flatMap(label => ['--label', label]);
  await programs.docker(['volume', 'create', ...labels, sharedVolume(profile)], {signal});
  const mount = ['--mount', '--mount-string', `${sharedVolume(profile)}:${sharedMount}`];
  const defaults = await defaultFlags(programs, signal);
  await start(programs, profile, ['--nodes', `${agents + 1}`, ...mount, ...defaults], progress, signal);
}

/** Starts a profile that is stopped. */
export const startCluster = (
  programs: Programs,
  profile: string,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> => start(programs, profile, [], progress, signal);

async function start(
  {minikube, flags}: Programs,
  profile: string,
  how: readonly string[],
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  // Ours are containers: on the volume that they share, and on being containers, all the rest is built.
  const driver = ['--driver', 'docker', '--interactive=false', '--output', 'json'];
  const args = ['start', '--profile', profile, ...driver, ...how, ...flags];
  await minikube(args, {signal, progress: tellSteps(progress)});
}
