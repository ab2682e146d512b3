import {existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {openNode} from './open-node.ts';

const mount = (name: string, mountPath = '/v', rest: object = {}) => ({name, mountPath, ...rest});

test('containers of a Pod share an emptyDir, which survives their end but not the Pod', async () => {
  const {create, until, status, pass, exec, directory, remove, pod, containers} = await openNode();
  const volumes = [{name: 'shared', emptyDir: {}}];
  create(
    'pair',
    {command: ['serve'], volumeMounts: [mount('shared', '/one')]},
    {
      volumes,
      initContainers: [
        {
          name: 'w',
          image: 'tool:1',
          command: ['write', '/two/f', 'hello'],
          volumeMounts: [mount('shared', '/two')],
        },
      ],
    },
  );
  await until(() => status('pair')?.phase === 'Running');
  expect(await exec('pair', ['cat', '/one/f'])).toEqual({code: 0, output: 'hello\n'});
  await exec('pair', ['kill', '1', 'SIGTERM']);
  await until(() => containers('pair')[1]?.restartCount === 1);
  await pass(1000);
  expect((await exec('pair', ['cat', '/one/f'])).output).toBe('hello\n');
  const pods = join(directory, 'var/lib/kubelet/pods');
  expect(readdirSync(join(pods, pod('pair')?.metadata.uid ?? '', 'volumes/kubernetes.io~empty-dir'))).toEqual(
    ['shared'],
  );
  remove('pair');
  await until(() => !pod('pair'));
  await pass(500);
  expect(readdirSync(pods)).toEqual([]);
  expect(readdirSync(join(directory, 'var/log/pods'))).toEqual([]);
});

test.each([
  ['Directory', '/nowhere', 'hostPath type check failed: /nowhere is not a directory'],
  ['Directory', '/file', 'hostPath type check failed: /file is not a directory'],
  ['DirectoryOrCreate', '/file', 'hostPath type check failed: /file is not a directory'],
  ['File', '/data', 'hostPath type check failed: /data is not a file'],
  ['FileOrCreate', '/nowhere/file', 'open /nowhere/file: no such file or directory'],
  ['Socket', '/data', 'hostPath type check failed: /data is not a socket file'],
  ['CharDevice', '/data', 'hostPath type check failed: /data is not a character device'],
  ['BlockDevice', '/data', 'hostPath type check failed: /data is not a block device'],
])('hostPath of type %s refuses %s', async (type, path, why) => {
  const {create, until, events, directory, containers} = await openNode();
  mkdirSync(join(directory, 'data'));
  writeFileSync(join(directory, 'file'), '');
  create('web', {volumeMounts: [mount('data')]}, {volumes: [{name: 'data', hostPath: {path, type}}]});
  await until(() => events('web').length > 0);
  expect(events('web')[0]).toBe(`FailedMount ×1: MountVolume.SetUp failed for volume "data" : ${why}`);
  expect(containers('web')[0]?.state).toEqual({waiting: {reason: 'ContainerCreating'}});
});

test.each([
  ['', '/made'],
  ['DirectoryOrCreate', '/made/deep'],
])('hostPath of type "%s" makes %s, and its content stays', async (type, path) => {
  const {create, until, status, exec, remove, pod, directory} = await openNode();
  create(
    'web',
    {command: ['serve'], volumeMounts: [mount('data')]},
    {volumes: [{name: 'data', hostPath: {path, type}}]},
  );
  await until(() => status('web')?.phase === 'Running');
  await exec('web', ['write', '/v/f', 'kept']);
  remove('web');
  await until(() => !pod('web'));
  expect(readFileSync(join(directory, path, 'f'), 'utf8')).toBe('kept');
});

test('a hostPath, a subPath and links of programs never lead out of the node', async () => {
  const {create, until, status, exec, directory} = await openNode();
  const outside = join(directory, '../../outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'secret'), 'host');
  mkdirSync(join(directory, 'data'));
  for (const [name, target] of [
    ['absolute', outside],
    ['climbing', '../../../outside'],
  ] as const)
    symlinkSync(target, join(directory, 'data', name));
  const volumes = [
    {name: 'data', hostPath: {path: '/data'}},
    {name: 'link', hostPath: {path: '/data/climbing'}},
  ];
  const volumeMounts = [
    mount('data', '/data'),
    mount('data', '/sub', {subPath: 'climbing'}),
    mount('link', '/link'),
  ];
  create('web', {command: ['serve'], volumeMounts}, {volumes});
  await until(() => status('web')?.phase === 'Running');
  const paths = ['/data/absolute', '/data/climbing', '/sub', '/link', '/data/../../../../..'];
  const {output} = await exec('web', ['cat', ...paths.map(path => `${path}/secret`)]);
  expect(output).not.toContain('host');
  expect(output).not.toContain(directory);
  for (const path of paths) await exec('web', ['write', `${path}/written`, 'x']);
  expect(readdirSync(outside)).toEqual(['secret']);
});

test('a claim is mounted when it is bound; until then the Pod says why it waits', async () => {
  const {create, until, status, events, registry, exec, directory} = await openNode();
  const volumes = [{name: 'a', persistentVolumeClaim: {claimName: 'claim'}}];
  create('db', {command: ['serve'], volumeMounts: [mount('a')]}, {volumes});
  await until(() => events('db').length > 0);
  const start =
    'FailedMount ×1: Unable to attach or mount volumes: unmounted volumes=[a], unattached volumes=[], failed to process volumes=[a]: error processing PVC lab/claim: ';
  expect(events('db')[0]).toBe(
    `${start}failed to fetch PVC from API server: persistentvolumeclaims "claim" not found`,
  );
  registry.create('persistentvolumes', {
    metadata: {name: 'pv'},
    spec: {capacity: {storage: '1Gi'}, accessModes: ['ReadWriteOnce'], hostPath: {path: '/share'}},
  });
  const claim = registry.create('persistentvolumeclaims', {
    metadata: {namespace: 'lab', name: 'claim'},
    spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}, volumeName: 'pv'},
  });
  await until(() => events('db').length > 1);
  expect(events('db')[1]).toBe(`${start}PVC is not bound`);
  registry.change(
    'persistentvolumeclaims',
    claim,
    draft => {
      draft.status = {phase: 'Bound'};
    },
    {subresource: 'status'},
  );
  await until(() => status('db')?.phase === 'Running');
  await exec('db', ['write', '/v/f', 'row']);
  expect(readFileSync(join(directory, 'share/f'), 'utf8')).toBe('row');
});

test('a local volume whose directory is not there', async () => {
  const {create, until, events, registry} = await openNode();
  const local = {path: '/nowhere'};
  const nodeSelectorTerms = [
    {matchExpressions: [{key: 'kubernetes.io/hostname', operator: 'In', values: ['agent-0']}]},
  ];
  registry.create('persistentvolumes', {
    metadata: {name: 'pv'},
    spec: {
      capacity: {storage: '1Gi'},
      accessModes: ['ReadWriteOnce'],
      local,
      nodeAffinity: {required: {nodeSelectorTerms}},
    },
  });
  const claim = registry.create('persistentvolumeclaims', {
    metadata: {namespace: 'lab', name: 'claim'},
    spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}, volumeName: 'pv'},
  });
  registry.change(
    'persistentvolumeclaims',
    claim,
    draft => {
      draft.status = {phase: 'Bound'};
    },
    {subresource: 'status'},
  );
  create(
    'db',
    {volumeMounts: [mount('a')]},
    {volumes: [{name: 'a', persistentVolumeClaim: {claimName: 'claim'}}]},
  );
  await until(() => events('db').length > 0);
  expect(events('db')[0]).toBe(
    'FailedMount ×1: MountVolume.NewMounter initialization failed for volume "pv" : path "/nowhere" does not exist',
  );
});

test('ConfigMaps, Secrets and fields are files, and follow a change', async () => {
  const {create, until, status, exec, registry, pass} = await openNode();
  const configMap = registry.create('configmaps', {
    metadata: {namespace: 'lab', name: 'cm'},
    data: {a: 'one', b: 'two'},
  });
  registry.create('secrets', {metadata: {namespace: 'lab', name: 's'}, data: {key: 'c2VjcmV0'}});
  const volumes = [
    {name: 'all', configMap: {name: 'cm'}},
    {name: 'one', configMap: {name: 'cm', items: [{key: 'b', path: 'deep/b'}]}},
    {name: 'secret', secret: {secretName: 's', defaultMode: 0o400}},
    {name: 'none', secret: {secretName: 'nope', optional: true}},
    {name: 'self', downwardAPI: {items: [{path: 'labels', fieldRef: {fieldPath: 'metadata.labels'}}]}},
  ];
  const volumeMounts = volumes.map(({name}) => mount(name, `/${name}`));
  create('web', {command: ['serve'], volumeMounts}, {volumes}, {labels: {app: 'web'}});
  await until(() => status('web')?.phase === 'Running');
  const cat = async (...paths: string[]) => (await exec('web', ['cat', ...paths])).output;
  expect(await cat('/all/a', '/one/deep/b', '/secret/key', '/self/labels')).toBe(
    'one\ntwo\nsecret\napp="web"\n',
  );
  expect(await cat('/one/a')).toContain('ENOENT');
  expect((await exec('web', ['write', '/all/a', 'x'])).output).toContain('EROFS');

  registry.change('configmaps', configMap, draft => {
    draft.data = {a: 'changed', c: 'new'};
  });
  const after = async () => {
    await pass(31_000, 1000);
    return cat('/all/a', '/all/c');
  };
  // Real files are written meanwhile, in their own time.
  await expect.poll(after, {timeout: 4_000}).toBe('changed\nnew\n');
  expect(await cat('/all/b')).toContain('ENOENT');
});

test.each([
  [{configMap: {name: 'nope'}}, 'configmap "nope" not found'],
  [{secret: {secretName: 'nope'}}, 'secret "nope" not found'],
  [
    {configMap: {name: 'kube-root-ca.crt', items: [{key: 'x', path: 'y'}]}},
    'configmap references non-existent config key: x',
  ],
])('%o is waited for', async (source, why) => {
  const {create, until, events, registry, status} = await openNode();
  create('web', {command: ['serve'], volumeMounts: [mount('v')]}, {volumes: [{name: 'v', ...source}]});
  await until(() => events('web').length > 0);
  expect(events('web')[0]).toBe(`FailedMount ×1: MountVolume.SetUp failed for volume "v" : ${why}`);
  if (why.includes('key')) return;
  const resource = 'secret' in source ? 'secrets' : 'configmaps';
  registry.create(resource, {metadata: {namespace: 'lab', name: 'nope'}});
  await until(() => status('web')?.phase === 'Running');
});

test('the service account is in every Pod', async () => {
  const {create, until, status, exec} = await openNode();
  create('web', {command: ['serve']}, {automountServiceAccountToken: true});
  await until(() => status('web')?.phase === 'Running');
  const at = '/var/run/secrets/kubernetes.io/serviceaccount';
  const {output} = await exec('web', ['cat', `${at}/namespace`, `${at}/ca.crt`, `${at}/token`]);
  const [namespace, ca, token = ''] = output.split('\n');
  expect([namespace, ca]).toEqual(['lab', 'CA']);
  expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
    sub: 'system:serviceaccount:lab:default',
    'kubernetes.io': {namespace: 'lab', pod: {name: 'web'}},
  });
});

test('subPath and subPathExpr show a part of a volume', async () => {
  const {create, until, status, exec, directory} = await openNode();
  const volumeMounts = [
    mount('v', '/part', {subPath: 'a/b'}),
    mount('v', '/own', {subPathExpr: '$(NAME)'}),
    mount('v', '/whole', {readOnly: true}),
  ];
  const env = [{name: 'NAME', valueFrom: {fieldRef: {fieldPath: 'metadata.name'}}}];
  create('web', {command: ['serve'], env, volumeMounts}, {volumes: [{name: 'v', hostPath: {path: '/data'}}]});
  await until(() => status('web')?.phase === 'Running');
  await exec('web', ['write', '/part/f', '1']);
  await exec('web', ['write', '/own/f', '2']);
  expect((await exec('web', ['cat', '/whole/a/b/f', '/whole/web/f'])).output).toBe('1\n2\n');
  expect((await exec('web', ['write', '/whole/f', '3'])).output).toContain(
    "EROFS: read-only file system, '/whole/f'",
  );
  expect(existsSync(join(directory, 'data/f'))).toBe(false);
});

test('a subPath that asks for a variable nobody set', async () => {
  const {create, until, containers} = await openNode();
  create(
    'web',
    {volumeMounts: [mount('v', '/v', {subPathExpr: '$(NOPE)/x'})]},
    {volumes: [{name: 'v', emptyDir: {}}]},
  );
  await until(() => containers('web')[0]?.state?.waiting?.reason === 'CreateContainerConfigError');
  expect(containers('web')[0]?.state?.waiting?.message).toBe('missing value for NOPE');
});

test('a volume in memory takes no more than its limit', async () => {
  const {create, until, status, exec, pass, directory, pod} = await openNode();
  const volumes = [{name: 'm', emptyDir: {medium: 'Memory', sizeLimit: '10'}}];
  create('web', {command: ['serve'], volumeMounts: [mount('m')]}, {volumes});
  await until(() => status('web')?.phase === 'Running');
  expect((await exec('web', ['write', '/v/f', 'x'.repeat(11)])).output).toContain(
    "ENOSPC: no space left on device, '/v/f'",
  );
  const path = `var/lib/kubelet/pods/${pod('web')?.metadata.uid}/volumes/kubernetes.io~empty-dir/m/f`;
  expect(readFileSync(join(directory, path), 'utf8')).toBe('x'.repeat(10));
  await pass(20_000, 1000);
  expect(status('web')?.phase).toBe('Running');
});

test('a medium that there is not', async () => {
  const {create, until, events} = await openNode();
  create('web', {volumeMounts: [mount('m')]}, {volumes: [{name: 'm', emptyDir: {medium: 'memory'}}]});
  await until(() => events('web').length > 0);
  expect(events('web')[0]).toBe(
    'FailedMount ×1: MountVolume.SetUp failed for volume "m" : unknown storage medium "memory"',
  );
});

test('a volume that no container mounts does not hold the Pod up', async () => {
  const {create, until, status} = await openNode();
  create('web', {command: ['serve']}, {volumes: [{name: 'c', configMap: {name: 'nope'}}]});
  await until(() => status('web')?.phase === 'Running');
});

test('a Pod is evicted when it fills an emptyDir above its limit', async () => {
  const {create, until, status, exec, events, pass} = await openNode();
  const volumes = [{name: 'm', emptyDir: {sizeLimit: '10'}}];
  create(
    'web',
    {command: ['sleep'], volumeMounts: [mount('m')]},
    {volumes, terminationGracePeriodSeconds: 30},
  );
  await until(() => status('web')?.phase === 'Running');
  await exec('web', ['write', '/v/f', 'x'.repeat(11)]);
  await until(() => status('web')?.containerStatuses?.[0]?.state?.terminated);
  const message = 'Usage of EmptyDir volume "m" exceeds the limit "10". ';
  expect(status('web')).toMatchObject({
    phase: 'Failed',
    reason: 'Evicted',
    message,
    containerStatuses: [{state: {terminated: {exitCode: 137, reason: 'Error'}}}],
  });
  expect(events('web').slice(-2)).toEqual([
    `Evicted ×1: ${message}`,
    'spec.containers{c} Killing ×1: Stopping container c',
  ]);
  await pass(30_000, 1000);
  expect(status('web')?.containerStatuses?.[0]?.restartCount).toBe(0);
});
