import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {expect, test} from 'vitest';
import {labRegistry} from './open.ts';

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that stay in use after it has run. */
async function kept(run: () => Promise<void>): Promise<number> {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  await run();
  collectGarbage();
  return process.memoryUsage().heapUsed - before;
}

test('5,000 Pods that each changed five times take little memory', async () => {
  const {registry, pod} = labRegistry();
  const container = {name: 'c', image: 'nginx:1.26', env: [{name: 'A', value: 'b'}], resources: {}};
  const bytes = await kept(async () => {
    for (let count = 0; count < 5_000; count += 1) {
      const {metadata} = pod(`pod-${count}`, {spec: {nodeName: 'n', containers: [container]}});
      for (const phase of ['Pending', 'Running', 'Failed', 'Running', 'Succeeded'] as const)
        registry.change(
          'pods',
          metadata,
          draft => {
            draft.status = {phase, podIP: '10.42.0.7', conditions: [{type: 'Ready', status: 'True'}]};
          },
          {subresource: 'status'},
        );
      if (count % 100 === 0) await registry.durable();
    }
    await registry.durable();
  });
  expect(registry.list('pods')).toHaveLength(5_000);
  expect(bytes / 5_000).toBeLessThan(2_500);
});
