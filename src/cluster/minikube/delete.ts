import type {Programs} from './programs.ts';

/** The directory that all nodes share: a Docker volume, which is also how a profile is known to be statelab's. */
export const sharedVolume = (profile: string) => `minikube-${profile}-shared`;

/** minikube finds what belongs to a profile by it, and deletes that with the profile. */
export const profileLabel = (profile: string) => `name.minikube.sigs.k8s.io=${profile}`;

/** minikube of a process that was ended goes on until it has something to say: what it makes meanwhile is met again. */
const rounds = 4;

/** Deletes a profile and what an interrupted creation may have left of one. One that is not there is deleted already. */
export async function deleteCluster(
  {minikube, docker, tryDocker}: Programs,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const labelled = async (...list: string[]) =>
    (await docker([...list, '--quiet', '--filter', `label=${profileLabel(name)}`], {signal})).stdout
      .split('\n')
      .filter(Boolean);
  for (let round = 1; round <= rounds; round += 1) {
    await minikube(['delete', '--profile', name, '--output', 'json'], {signal});
    const [containers, networks, volumes] = [
      await labelled('ps', '--all'),
      await labelled('network', 'ls'),
      await labelled('volume', 'ls'),
    ];
    if (containers.length + networks.length + volumes.length === 0) return;
    if (containers.length > 0) await docker(['rm', '--force', '--volumes', ...containers], {signal});
    if (networks.length > 0) await tryDocker(['network', 'rm', ...networks], {signal});
    // A volume that stays would be the next cluster's, with the files of this one.
    const remove = round === rounds ? docker : tryDocker;
    if (volumes.length > 0) await remove(['volume', 'rm', ...volumes], {signal});
  }
}
