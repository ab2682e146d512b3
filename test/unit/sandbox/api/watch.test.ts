import {CoreV1Api, KubeConfig, makeInformer} from '@kubernetes/client-node';
import {describe, expect, test, vi} from 'vitest';
import {events, openApi} from './open-api.ts';

const configMaps = '/api/v1/namespaces/lab/configmaps';
const table = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

/** The next events of a watch: type and name. */
async function next(stream: ReturnType<typeof events>, count: number) {
  const seen: unknown[] = [];
  while (seen.length < count) {
    const {value, done} = await stream.next();
    if (done) break;
    seen.push([value.type, value.object.metadata.name ?? value.object.message]);
  }
  return seen;
}

describe('a watch', () => {
  test('without a version begins with what is there', async () => {
    const {open, configMap, registry} = await openApi();
    configMap('one');
    const stream = events(await open(`${configMaps}?watch=true`));
    expect(await next(stream, 1)).toEqual([['ADDED', 'one']]);
    configMap('two');
    registry.delete('configmaps', 'lab', 'one');
    expect(await next(stream, 2)).toEqual([
      ['ADDED', 'two'],
      ['DELETED', 'one'],
    ]);
  });

  test('from a version tells all that came after it', async () => {
    const {open, configMap, send} = await openApi();
    configMap('one');
    const {json} = await send(configMaps);
    configMap('two');
    const stream = events(
      await open(`${configMaps}?watch=1&resourceVersion=${json.metadata.resourceVersion}`),
    );
    configMap('three');
    expect(await next(stream, 2)).toEqual([
      ['ADDED', 'two'],
      ['ADDED', 'three'],
    ]);
  });

  test('of a selector tells who comes and who goes', async () => {
    const {open, configMap, registry} = await openApi();
    const label = (value: string) =>
      registry.change('configmaps', {namespace: 'lab', name: 'one'}, draft => {
        draft.metadata.labels = {app: value};
      });
    configMap('one');
    const stream = events(await open(`${configMaps}?watch=true&labelSelector=app%3Dweb`));
    label('web');
    label('database');
    expect(await next(stream, 2)).toEqual([
      ['ADDED', 'one'],
      ['DELETED', 'one'],
    ]);
  });

  test('of another namespace is silent', async () => {
    const {open, configMap, registry} = await openApi();
    registry.create('namespaces', {metadata: {name: 'other'}});
    const stream = events(await open('/api/v1/namespaces/other/configmaps?watch=true'));
    configMap('one');
    registry.create('configmaps', {metadata: {name: 'mine', namespace: 'other'}});
    expect(await next(stream, 1)).toEqual([['ADDED', 'mine']]);
  });

  test('from a version of another cluster is refused', async () => {
    const {send} = await openApi();
    const {code, json} = await send(`${configMaps}?watch=true&resourceVersion=99999`);
    expect([code, json.details.causes[0].reason]).toEqual([504, 'ResourceVersionTooLarge']);
  });

  test('ends after its timeout', async () => {
    const {open, clock} = await openApi();
    const stream = events(await open(`${configMaps}?watch=true&timeoutSeconds=5`));
    const end = stream.next();
    await clock.advance(5_000);
    expect(await end).toMatchObject({done: true});
  });

  test('marks the end of the initial events for clients that ask for it', async () => {
    const {open, configMap, registry} = await openApi();
    configMap('one');
    const version = String(registry.version);
    const query =
      'watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
    const stream = events(await open(`${configMaps}?${query}`));
    expect((await stream.next()).value).toMatchObject({type: 'ADDED', object: {metadata: {name: 'one'}}});
    expect((await stream.next()).value).toEqual({
      type: 'BOOKMARK',
      object: {
        kind: 'ConfigMap',
        apiVersion: 'v1',
        metadata: {resourceVersion: version, annotations: {'k8s.io/initial-events-end': 'true'}},
      },
    });
  });

  test('tells now and then how far it is', async () => {
    const {open, registry, clock} = await openApi();
    const stream = events(await open(`${configMaps}?watch=true&allowWatchBookmarks=true&resourceVersion=1`));
    registry.create('namespaces', {metadata: {name: 'other'}});
    await clock.advance(60_000);
    expect((await stream.next()).value).toMatchObject({
      type: 'BOOKMARK',
      object: {kind: 'ConfigMap', metadata: {resourceVersion: String(registry.version)}},
    });
  });

  test('shows rows to who wants tables, and the columns once', async () => {
    const {open, configMap} = await openApi();
    const stream = events(await open(`${configMaps}?watch=true`, {headers: {accept: table}}));
    configMap('one', {data: {a: 'b'}});
    configMap('two');
    const [first, second] = [(await stream.next()).value, (await stream.next()).value];
    expect(first.object.columnDefinitions.map(({name}: {name: string}) => name)).toEqual([
      'Name',
      'Data',
      'Age',
    ]);
    expect(second.object.columnDefinitions).toBeNull();
    expect([first, second].map(({object}) => object.rows[0].cells)).toEqual([
      ['one', 1, '0s'],
      ['two', 0, '0s'],
    ]);
  });

  test('of a client that is gone keeps nothing', async () => {
    const {open, configMap, registry} = await openApi();
    const cancelled = vi.fn();
    const watch = registry.watch;
    registry.watch = ((...args: Parameters<typeof watch>) => {
      const cancel = watch(...args);
      return () => {
        cancelled();
        cancel();
      };
    }) as typeof watch;
    configMap('one');
    const response = await open(`${configMaps}?watch=true`);
    const stream = events(response);
    await next(stream, 1);
    response.destroy();
    await vi.waitFor(() => expect(cancelled).toHaveBeenCalledOnce());
  });

  test('does not keep the server from closing', async () => {
    const {open, server} = await openApi();
    const stream = events(await open(`${configMaps}?watch=true`));
    const end = stream.next();
    await server.close();
    expect(await end).toMatchObject({done: true});
  });
});

test('an informer of the Kubernetes client follows along', async () => {
  const {kubeconfig, configMap, registry} = await openApi();
  configMap('one');
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  const api = config.makeApiClient(CoreV1Api);
  const informer = makeInformer(config, configMaps, () => api.listNamespacedConfigMap({namespace: 'lab'}));
  const told: string[] = [];
  for (const event of ['add', 'update', 'delete'] as const)
    informer.on(event, ({metadata}) => void told.push(`${event} ${metadata?.name}`));
  await informer.start();
  configMap('two');
  registry.change('configmaps', {namespace: 'lab', name: 'one'}, draft => {
    draft.data = {a: 'b'};
  });
  registry.delete('configmaps', 'lab', 'two');
  await vi.waitFor(() => expect(told).toEqual(['add one', 'add two', 'update one', 'delete two']));
  await informer.stop();
});
