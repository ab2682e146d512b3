import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {labIds} from '../../src/lab/catalog.ts';
import {kubectl} from '../helpers/k3d.ts';
import {type Learner, newLearner} from '../helpers/learner.ts';

describe('all labs in a row on one sandbox', () => {
  const where = ['--provider', 'sandbox'];
  let learner: Learner;
  let before: string;
  beforeAll(async () => {
    learner = await newLearner();
    const {exitCode} = await learner.run('cluster', 'up', ...where, '--speed', '4');
    expect(exitCode).toBe(0);
    before = await clusterNow();
  });
  afterAll(async () => {
    await learner?.run('cluster', 'down', ...where, '--yes');
    await learner?.leave();
  });

  const kubeconfig = () => join(learner.home, 'statelab/state/kubeconfigs/kubeconfig/sandbox-statelab.yaml');

  /** All that labs could leave, as text: what is not the same byte for byte was left. */
  async function clusterNow(): Promise<string> {
    const objects = (kind: string, fields: string) => {
      const template = `{{range .items}}{{.metadata.name}} ${fields}\n{{end}}`;
      return kubectl(kubeconfig(), 'get', kind, '--sort-by=.metadata.name', '-o', `go-template=${template}`);
    };
    const same = '{{.metadata.uid}}';
    const sandbox = join(learner.home, 'statelab/data/sandboxes/statelab');
    return [
      // Not its UID: a Node that a lab deletes registers as a new one.
      await objects('nodes', '{{.metadata.labels}} {{.spec.taints}} {{.spec.unschedulable}}'),
      await kubectl(kubeconfig(), 'get', 'nodes', '--no-headers', '-o', 'custom-columns=N:.metadata.name'),
      (await learner.run('node', 'list', ...where)).stdout,
      await objects('namespaces', `${same} {{.metadata.labels}} {{.status.phase}}`),
      await objects('persistentvolumes', same),
      await objects(
        'storageclasses',
        `${same} {{.metadata.annotations}} {{.provisioner}} {{.reclaimPolicy}}`,
      ),
      await kubectl(kubeconfig(), 'get', 'all,pvc,secrets,configmaps', '-n', 'default', '-o', 'name'),
      await directoriesIn(sandbox),
    ].join('---\n');
  }

  test.for(labIds())('%s is walked, and nothing is reset after it', async id => {
    const {exitCode, stderr} = await learner.run('run', id, ...where, '--auto', '--json', '--yes');
    expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''});
  });

  test('restore leaves the cluster byte for byte as it was before the first of them', async () => {
    expect(await clusterNow()).not.toBe(before);
    const ended = await learner.run('restore', '--yes', '--json');
    expect(ended).toMatchObject({exitCode: 0, stderr: ''});
    const audits = ended.lines().filter(({type}) => type === 'audit');
    expect(audits.length).toBeGreaterThan(0);
    expect(audits).toEqual(audits.map(() => expect.objectContaining({clean: true, left: [], unseen: []})));
    expect(await clusterNow()).toBe(before);
  });

  test('what was reached is still the learner’s', async () => {
    const path = (await learner.run('status', '--json')).lines().find(({type}) => type === 'path');
    expect(path).toMatchObject({done: labIds().length, total: labIds().length});
  });
});

/** Directories of the labs on the nodes, on what they share, and of the volumes that were provided. */
async function directoriesIn(sandbox: string): Promise<string> {
  const nodes = (await readdir(join(sandbox, 'nodes'))).sort();
  const places = nodes.flatMap(node => [
    `nodes/${node}/var/lib/statelab`,
    `nodes/${node}/var/lib/rancher/k3s/storage`,
  ]);
  const listed = [...places, 'shared'].map(async place => {
    const names = await readdir(join(sandbox, place), {recursive: true}).catch(() => []);
    return `${place}: ${names.sort().join(' ')}\n`;
  });
  return (await Promise.all(listed)).join('');
}
