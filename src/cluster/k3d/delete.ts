import type {Programs} from './programs.ts';

/** A directory that all nodes share: a Docker volume, made and deleted with the cluster because of its name. */
export const sharedVolume = (name: string) => `k3d-${name}-shared`;

/** k3d of a process that was ended goes on until it has something to say: what it makes meanwhile is met again. */
const rounds = 4;

/** Deletes a cluster and what an interrupted creation may have left of one. One that is not there is deleted already. */
export async function deleteCluster(programs: Programs, name: string, signal: AbortSignal): Promise<void> {
  for (let round = 1; ; round += 1) {
    await programs.k3d(['cluster', 'delete', name], {signal});
    const {containers, networks, volumes} = await leftOf(programs, name, signal);
    if (containers.length + networks.length + volumes.length === 0) return;
    const {docker, tryDocker} = programs;
    if (containers.length > 0) await docker(['rm', '--force', '--volumes', ...containers], {signal});
    // k3d finds network and volumes through the nodes, so it leaves them where there are no nodes yet.
    if (networks.length > 0) await tryDocker(['network', 'rm', ...networks], {signal});
    // A volume that stays would be the next cluster's, with the files of this one.
    const remove = round === rounds ? docker : tryDocker;
    if (volumes.length > 0) await remove(['volume', 'rm', ...volumes], {signal});
    if (round === rounds) return; // somebody else's container may stay on the network
  }
}

/** What k3d has labelled or named for the cluster, by Docker's ids. */
async function leftOf({docker}: Programs, name: string, signal: AbortSignal) {
  const [containers, networks, volumes] = await Promise.all(
    [
      ['ps', '--all', '--quiet', '--filter', `label=k3d.cluster=${name}`],
      ['network', 'ls', '--quiet', '--filter', `name=^k3d-${name}$`, '--filter', 'label=app=k3d'],
      ['volume', 'ls', '--quiet', '--filter', `name=^k3d-${name}-images$`],
      ['volume', 'ls', '--quiet', '--filter', `name=^${sharedVolume(name)}$`],
    ].map(async args => (await docker(args, {signal})).stdout.split('\n').filter(Boolean)),
  ).then(([ps = [], nets = [], images = [], shared = []]) => [ps, nets, [...images, ...shared]] as const);
  return {containers, networks, volumes};
}
