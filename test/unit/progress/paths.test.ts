import {execFileSync} from 'node:child_process';
import {resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {placesOf} from '../../../src/progress/paths.ts';

const native = {data: '/d', state: '/s', cache: '/c'};

test('the places are those of the system', () => {
  const {work, ...places} = placesOf({}, native);
  expect({...places, work: work('lab')}).toEqual({
    journals: resolve('/d/journals'),
    kubeconfigs: resolve('/s/kubeconfigs'),
    sandboxes: resolve('/d/sandboxes'),
    cache: '/c',
    bundle: resolve('/d/bundle.json'),
    programs: resolve('/c/bin'),
    work: resolve('/d/labs/lab'),
  });
});

test('STATELAB_HOME overrides all of them, and may be relative', () => {
  const {work, ...places} = placesOf({STATELAB_HOME: 'here'}, native);
  for (const place of [...Object.values(places), work('lab')])
    expect(place.startsWith(resolve('here'))).toBe(true);
  expect(new Set([...Object.values(places), work('lab')]).size).toBe(7);
});

test('an empty STATELAB_HOME is none', () => {
  expect(placesOf({STATELAB_HOME: ''}, native).cache).toBe('/c');
});

// A process of its own, as env-paths looks at the environment once, when it is imported.
test.runIf(process.platform === 'linux')('on Linux they follow XDG', () => {
  const script = fileURLToPath(new URL('../../fixtures/progress/say-places.ts', import.meta.url));
  const env = {XDG_DATA_HOME: '/x/data', XDG_STATE_HOME: '/x/state', XDG_CACHE_HOME: '/x/cache'};
  expect(JSON.parse(execFileSync(process.execPath, [script], {env, encoding: 'utf8'}))).toEqual({
    journals: '/x/data/statelab/journals',
    kubeconfigs: '/x/state/statelab/kubeconfigs',
    sandboxes: '/x/data/statelab/sandboxes',
    cache: '/x/cache/statelab',
    bundle: '/x/data/statelab/bundle.json',
    programs: '/x/cache/statelab/bin',
    work: '/x/data/statelab/labs/lab',
  });
});
