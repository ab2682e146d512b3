import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {askDocker} from '../../src/cluster/preflight/docker.ts';
import {gatherFacts} from '../../src/commands/gather-facts.ts';
import type {Cluster} from '../../src/engine/ports.ts';
import {examine} from '../../src/preflight/examine.ts';
import type {Place} from '../../src/preflight/facts.ts';
import {
  because,
  kubectl,
  lacking,
  makeCluster,
  patience,
  type RealCluster,
} from '../contract/real-cluster.ts';
import {emptyDirectory} from '../helpers/directory.ts';
import {startEngine, withoutEngine} from '../helpers/engine.ts';
import {labs} from '../helpers/facts.ts';
import {silentApp} from '../helpers/play.ts';

describe.skipIf(lacking.length > 0)(`the doctor on a k3d cluster with one agent${because}`, () => {
  let real: RealCluster;
  let cluster: Cluster;
  beforeAll(async () => {
    real = await makeCluster('doctor');
    cluster = await real.provider.connect(real.name, patience());
  });
  afterAll(async () => {
    await cluster?.close();
    await real?.remove();
  });

  const home = () => ({STATELAB_HOME: emptyDirectory()});
  async function findings(place: Place, env: NodeJS.ProcessEnv) {
    const app = silentApp(env, {provider: place.provider, context: place.cluster, cluster: place.cluster});
    return examine(await gatherFacts(app, place, await app.provider(place.provider), labs));
  }
  const codes = (found: Awaited<ReturnType<typeof findings>>, ok: boolean) =>
    found.filter(({state}) => (state === 'ok') === ok).map(({code}) => code);

  test('all is well but for the second agent', async () => {
    const place: Place = {provider: 'k3d', cluster: real.name, asked: true};
    const found = await findings(place, {...process.env, ...home()});
    expect(codes(found, true)).toEqual(
      expect.arrayContaining([
        ...['docker-up', 'kubectl-there', 'disk-room', 'memory-enough', 'architecture-known', 'cluster-up'],
        ...['certificate-valid', 'clock-agrees', 'rights-all', 'shared-mount-there', 'class-default'],
        'host-path-admitted',
      ]),
    );
    expect(codes(found, false)).toEqual(['nodes-few', 'labs-in-part']);
  });

  test('an account of somebody else’s cluster that may hardly anything', async () => {
    await kubectl(cluster, 'create', 'serviceaccount', 'ada', '--namespace', 'default');
    const token = (await kubectl(cluster, 'create', 'token', 'ada', '--namespace', 'default')).trim();
    const config = JSON.parse(await kubectl(cluster, 'config', 'view', '--raw', '-o', 'json'));
    config.users[0].user = {token};
    const file = join(emptyDirectory(), 'config');
    await writeFile(file, JSON.stringify(config));
    const place: Place = {provider: 'context', cluster: config['current-context'], asked: true};
    const found = await findings(place, {...process.env, ...home(), KUBECONFIG: file});
    expect(codes(found, false)).toEqual(expect.arrayContaining(['rights-forbidden', 'labs-in-part']));
    expect(codes(found, true)).toContain('cluster-up');
  });
});

test.skipIf(withoutEngine.length > 0)(
  'a Docker engine that is stopped does not answer any more',
  async () => {
    const engine = await startEngine();
    const ask = () => askDocker({...process.env, ...engine.env}, patience());
    try {
      expect(await ask()).toMatchObject({state: 'up'});
    } finally {
      await engine.end();
    }
    const socket = engine.env.DOCKER_HOST.replace('unix://', '');
    expect(await ask()).toMatchObject({state: 'down', detail: expect.stringContaining(socket)});
  },
);
