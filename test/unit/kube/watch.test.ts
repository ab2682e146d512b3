import '@kubernetes/client-node'; // loaded here, so that no test's time goes into it
import {EventEmitter, getEventListeners, once} from 'node:events';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {type KubeClient, openClient} from '../../../src/kube/client.ts';
import {clusterWatch} from '../../../src/kube/watch.ts';
import type {WatchTarget, WorldChange} from '../../../src/world/change.ts';
import {ManualClock} from './manual-clock.ts';
import {type Asked, TornServer} from './torn-server.ts';

const pods: WatchTarget = {kind: 'pods', namespace: 'lab'};
let server: TornServer;
let client: KubeClient;
let clock: ManualClock;
let stop: AbortController;

beforeEach(async () => {
  server = new TornServer();
  await server.start();
  client = openClient(await server.kubeconfig());
  clock = new ManualClock();
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await client.close();
  await server.stop().catch(() => {}); // a test may have stopped it
});

describe('what is told', () => {
  test('all there is, then each change in its order, and no bookmark', async () => {
    const {hear} = watching();
    await answerList(['a', 1], ['b', 2]);
    expect(await hear(1)).toEqual([['listed', 'a', 'b']]);
    const stream = await openStream(2);
    stream.write(
      line('MODIFIED', 'a', 3) +
        line('BOOKMARK', 'nobody', 4) +
        line('DELETED', 'b', 5) +
        line('ADDED', 'c', 6),
    );
    expect(await hear(3)).toEqual([
      ['put', 'a'],
      ['deleted', 'b'],
      ['put', 'c'],
    ]);
  });

  test('objects as the API gave them, without managedFields, with kind also when listed', async () => {
    const {changes, hear} = watching();
    const metadata = {name: 'a', uid: 'a', resourceVersion: '1', managedFields: [{manager: 'kubectl'}]};
    const {answer} = await server.request();
    answer.end(
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'PodList',
        metadata: {resourceVersion: '1'},
        items: [{metadata, spec: {x: 1}}],
      }),
    );
    await hear(1);
    expect(changes).toMatchObject([{type: 'listed'}]);
    expect(changes.flatMap(change => (change.type === 'listed' ? change.objects : []))).toEqual([
      {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'a', uid: 'a', resourceVersion: '1'}, spec: {x: 1}},
    ]);
  });

  test('the time of arrival', async () => {
    const {changes, hear} = watching();
    await answerList();
    await hear(1);
    const stream = await openStream();
    clock.advance(400);
    stream.write(line('ADDED', 'a', 2));
    await hear(1);
    expect(changes.map(({at}) => at)).toEqual([0, 400]);
  });

  test('one object, however slowly its bytes come', async () => {
    const {hear} = watching();
    await answerList();
    await hear(1);
    const stream = await openStream();
    const bytes = Buffer.from(line('ADDED', 'ä漢', 2));
    for (const byte of bytes) await new Promise(written => stream.write(Buffer.of(byte), written));
    expect(await hear(1)).toEqual([['put', 'ä漢']]);
  });
});

describe('a watch that ends', () => {
  test('goes on where it stopped, at once and without a word', async () => {
    const {hear, changes} = watching();
    await answerList();
    const first = await openStream(0);
    first.end(line('ADDED', 'a', 2) + line('BOOKMARK', 'nobody', 7));
    const second = await openStream(7);
    second.write(line('MODIFIED', 'a', 8));
    await hear(3);
    expect(changes.map(({type}) => type)).toEqual(['listed', 'put', 'put']);
  });

  test('in the middle of a line tells what the line said once, from the next connection', async () => {
    const {hear} = watching();
    await answerList();
    const first = await openStream(0);
    await new Promise(written =>
      first.write(line('ADDED', 'a', 2) + line('ADDED', 'b', 3).slice(0, 20), written),
    );
    await hear(2);
    first.destroy();
    const second = await openStream(2);
    second.write(line('ADDED', 'b', 3));
    expect(await hear(1)).toEqual([['put', 'b']]);
  });

  test('in garbage is opened anew', async () => {
    const {hear} = watching();
    await answerList();
    (await openStream(0)).write(`${line('ADDED', 'a', 2)}{"type":\n`);
    (await openStream(2)).write(line('ADDED', 'b', 3));
    expect(await hear(3)).toEqual([['listed'], ['put', 'a'], ['put', 'b']]);
  });

  test('in a long silence is opened anew, without a word', async () => {
    const {hear, changes} = watching();
    await answerList();
    const first = await openStream(0);
    await hear(1);
    first.write(line('ADDED', 'a', 2));
    await hear(1);
    clock.advance(30_000);
    (await openStream(2)).write(line('ADDED', 'b', 3));
    await hear(1);
    expect(changes.map(({type}) => type)).toEqual(['listed', 'put', 'put']);
  });

  test('again and again, before anything came, is opened with growing pauses', async () => {
    watching();
    await answerList();
    for (const pause of [100, 200, 400, 800, 1_600, 2_000, 2_000]) {
      (await openStream(0)).end();
      await clock.timer(pause);
      clock.advance(pause);
    }
    await openStream(0);
  });
});

describe('410 Gone', () => {
  test('as an answer: lists anew', async () => {
    const {hear} = watching();
    await answerList();
    (await openStream(0)).end(line('ADDED', 'a', 2));
    await refuse(410, 'Expired');
    await answerList(['b', 9]);
    await openStream(9);
    expect(await hear(3)).toEqual([['listed'], ['put', 'a'], ['listed', 'b']]);
  });

  test('as an event: lists anew', async () => {
    const {hear} = watching();
    await answerList();
    (await openStream(0)).end(line('ADDED', 'a', 2));
    (await openStream(2)).write(gone);
    await answerList(['b', 9]);
    expect(await hear(3)).toEqual([['listed'], ['put', 'a'], ['listed', 'b']]);
  });

  test('after a time of blindness: does not say before that nothing was missed', async () => {
    const {hear} = watching();
    await answerList();
    (await openStream(0)).end(line('ADDED', 'a', 2));
    await refuse(503, 'ServiceUnavailable');
    expect(await hear(3)).toEqual([['listed'], ['put', 'a'], ['blind']]);
    await clock.timer(100);
    clock.advance(100);
    (await openStream(2)).write(gone);
    await answerList(['b', 9]);
    expect(await hear(1)).toEqual([['listed', 'b']]);
  });

  test('straight after a list: pauses', async () => {
    watching();
    await answerList();
    (await openStream(0)).write(gone);
    await clock.timer(100);
    clock.advance(100);
    await answerList();
  });
});

describe('an API that does not answer', () => {
  test('makes it blind, once, with the cause; it tries again with growing pauses and says when nothing was missed', async () => {
    const {hear, changes} = watching();
    await answerList();
    const first = await openStream(0);
    first.write(line('ADDED', 'a', 2));
    await hear(2);
    await server.stop();
    expect(await hear(1)).toEqual([['blind']]);
    expect(changes.at(-1)).toMatchObject({cause: {code: 'ECONNREFUSED'}});
    for (const pause of [100, 200, 400, 800, 1_600, 2_000, 2_000]) {
      await clock.timer(pause);
      clock.advance(pause);
    }
    await clock.timer(2_000);
    await server.start();
    clock.advance(2_000);
    await openStream(2);
    await clock.timer(500); // so long a server may take to say that it cannot go on from there
    clock.advance(500);
    expect(await hear(1)).toEqual([['sighted']]);
    expect(changes.map(({type}) => type)).toEqual(['listed', 'put', 'blind', 'sighted']);
  });

  test('is blind from the beginning, and lists when it comes', async () => {
    await server.stop();
    const {hear} = watching();
    expect(await hear(1)).toEqual([['blind']]);
    await clock.timer(100);
    await server.start();
    clock.advance(100);
    await answerList(['a', 1]);
    expect(await hear(1)).toEqual([['listed', 'a']]);
  });

  test('a first event after blindness is proof enough', async () => {
    const {hear} = watching();
    await answerList();
    (await openStream(0)).end(line('ADDED', 'a', 2));
    await refuse(500, 'InternalError');
    await hear(3);
    await clock.timer(100);
    clock.advance(100);
    (await openStream(2)).write(line('ADDED', 'b', 3));
    expect(await hear(2)).toEqual([['sighted'], ['put', 'b']]);
  });

  test('a connection that hangs is blindness after the silence', async () => {
    const {hear} = watching();
    await answerList();
    (await openStream(0)).end(line('ADDED', 'a', 2));
    await server.request(); // and no answer
    await hear(2);
    clock.advance(30_000);
    expect(await hear(1)).toEqual([['blind']]);
  });
});

describe('what ends it', () => {
  test('a refusal of the first list, said as such', async () => {
    const {ended} = watching();
    await refuse(403, 'Forbidden', 'pods is forbidden: User "eve" cannot list resource "pods"');
    await expect(ended).rejects.toMatchObject({
      code: 'forbidden',
      facts: {
        verb: 'list',
        resource: 'pods',
        namespace: 'lab',
        detail: 'pods is forbidden: User "eve" cannot list resource "pods"',
      },
    });
  });

  test('not a later refusal: an API server that starts may not know its users yet', async () => {
    const {hear} = watching();
    await answerList();
    (await openStream(0)).end(line('ADDED', 'a', 2));
    await refuse(403, 'Forbidden');
    expect(await hear(3)).toEqual([['listed'], ['put', 'a'], ['blind']]);
  });

  test('a listener that throws, with its own error', async () => {
    const ended = clusterWatch(client, clock).watch(
      [pods, {kind: 'nodes'}],
      change => {
        if (change.type === 'put') throw new Error('a bug in the engine');
      },
      stop.signal,
    );
    ended.catch(() => {}); // is looked at below
    await answerList();
    await answerList();
    const streams = [await openStream(0), await openStream(0)];
    for (const stream of streams) stream.write(line('ADDED', 'a', 2));
    await expect(ended).rejects.toThrow('a bug in the engine');
    await client.close();
    await server.deserted();
  });

  test('the signal: no connection, timer or listener is left', async () => {
    const warnings: Error[] = [];
    const warned = (warning: Error) => warnings.push(warning);
    process.on('warning', warned);
    const targets = Array.from({length: 16}, (_, number) => ({...pods, namespace: `lab-${number}`}));
    const {ended, hear} = watching(targets);
    for (const _ of targets) await answerList();
    for (const _ of targets) await openStream(0);
    await hear(targets.length);
    stop.abort();
    await ended;
    await client.close();
    await server.deserted();
    expect(clock.pending).toEqual([]);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    process.off('warning', warned);
    expect(warnings).toEqual([]);
  });

  test('the signal, while it waits to try again', async () => {
    await server.stop();
    const {ended, hear} = watching();
    await hear(1);
    await clock.timer(100);
    stop.abort();
    await ended;
    expect(clock.pending).toEqual([]);
  });
});

/** Starts the watch. `hear` gives, in short, the changes that are told next, as many as it is asked for. */
function watching(targets: WatchTarget[] = [pods]) {
  const changes: WorldChange[] = [];
  const news = new EventEmitter();
  const tell = (change: WorldChange) => {
    changes.push(change);
    news.emit('news');
  };
  const ended = clusterWatch(client, clock).watch(targets, tell, stop.signal);
  ended.catch(() => {}); // tests look at it when they are ready
  let read = 0;
  const hear = async (count: number): Promise<string[][]> => {
    while (changes.length < read + count) await once(news, 'news');
    read += count;
    return changes.slice(read - count, read).map(told);
  };
  return {changes, ended, hear};
}

function told(change: WorldChange): string[] {
  if (change.type === 'listed') return ['listed', ...change.objects.map(({metadata}) => metadata.name)];
  return 'object' in change ? [change.type, change.object.metadata.name] : [change.type];
}

const object = (name: string, version: number) => ({
  metadata: {name, uid: name, resourceVersion: `${version}`},
});
const line = (type: string, name: string, version: number) =>
  `${JSON.stringify({type, object: object(name, version)})}\n`;
const gone = `${JSON.stringify({type: 'ERROR', object: {kind: 'Status', code: 410, reason: 'Expired'}})}\n`;

/** Answers the next request, which must be a list. Its version is that of the newest object. */
async function answerList(...objects: [name: string, version: number][]): Promise<void> {
  const {query, answer} = await server.request();
  expect(query.get('watch')).toBeNull();
  const resourceVersion = `${Math.max(0, ...objects.map(([, version]) => version))}`;
  const items = objects.map(([name, version]) => object(name, version));
  answer.end(JSON.stringify({kind: 'PodList', apiVersion: 'v1', metadata: {resourceVersion}, items}));
}

/** Opens the watch that the next request must ask for, from the given version. */
async function openStream(from = 0): Promise<Asked['answer']> {
  const {query, answer} = await server.request();
  expect({watch: query.get('watch'), from: query.get('resourceVersion')}).toEqual({
    watch: 'true',
    from: `${from}`,
  });
  answer.flushHeaders();
  return answer;
}

async function refuse(status: number, reason: string, message = reason): Promise<void> {
  const {answer} = await server.request();
  answer.writeHead(status).end(JSON.stringify({kind: 'Status', code: status, reason, message}));
}
