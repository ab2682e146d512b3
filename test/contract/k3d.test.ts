import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {pinnedImage} from '../../src/cluster/k3d/index.ts';
import {localPath} from './cluster-contract.ts';
import {containerClusters, type InUse, nodesWith, tagSmallImage} from './container-clusters.ts';
import {
  because,
  clusterName,
  docker,
  lacking,
  k3dMachine as machine,
  patience,
  smallImage,
} from './real-cluster.ts';

const nodes = (cluster: string) => ({server: `k3d-${cluster}-server-0`, agent: `k3d-${cluster}-agent-0`});

describe.skipIf(lacking.length > 0)(`k3d${because}`, () => {
  containerClusters(
    {
      machine,
      nodes,
      image: process.env.STATELAB_K3S_IMAGE ?? pinnedImage,
      defaultClass: localPath,
      async restartServer(server) {
        await docker('restart', '--timeout', '1', server);
      },
      async stop({name}) {
        await docker('stop', '--timeout', '1', ...Object.values(nodes(name)));
      },
      unmakable: {options: {image: 'statelab.invalid/none:1'}},
      steps: ['Created network', 'Creating node'],
      label: cluster => `k3d.cluster=${cluster}`,
    },
    inUse => {
      imagesPastK3d(inUse);
      somebodyElses(inUse);
    },
  );
});

function imagesPastK3d(inUse: () => InUse): void {
  describe('where k3d’s own import fails', () => {
    const image = 'statelab-test/past-k3d:1';
    beforeAll(() => tagSmallImage(image));
    afterAll(() => docker('rmi', image));

    test('images are brought past it', async () => {
      const {real, server, agent} = inUse();
      const env = {...real.options.env, K3D_IMAGE_TOOLS: 'statelab-test/none:1'};
      const other = await machine.provider({...real.options, env}).connect(real.name, patience());
      await other.loadImages([image], () => {}, patience());
      expect(await nodesWith(image, [server, agent])).toEqual([server, agent]);
      await other.close();
    });
  });
}

function somebodyElses(inUse: () => InUse): void {
  describe('a cluster of somebody else', () => {
    const name = clusterName('other');
    const {server} = nodes(name);
    beforeAll(async () => {
      const labels = ['app=k3d', `k3d.cluster=${name}`, 'k3d.role=server'].flatMap(one => ['--label', one]);
      await docker('create', ...labels, '--name', server, smallImage, 'true');
    });
    afterAll(() => docker('rm', '--force', server));

    test('is left alone', async () => {
      const {provider} = inUse().real;
      const taken = {code: 'cluster-taken', facts: {cluster: name, provider: 'k3d'}};
      await expect(provider.create(name, {agents: 1}, () => {}, patience())).rejects.toMatchObject(taken);
      await expect(provider.remove(name, patience())).rejects.toMatchObject(taken);
      const found = (await provider.list(patience())).find(one => one.name === name);
      expect(found).toMatchObject({ours: false, running: false});
    });

    test('cannot be used while it is stopped', async () => {
      const connecting = inUse().real.provider.connect(name, patience());
      await expect(connecting).rejects.toMatchObject({code: 'cluster-stopped'});
    });
  });
}
