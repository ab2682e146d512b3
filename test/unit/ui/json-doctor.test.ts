import {expect, test} from 'vitest';
import {examine} from '../../../src/preflight/examine.ts';
import {jsonLine, jsonLineSchema} from '../../../src/ui/json.ts';
import {jsonReport} from '../../../src/ui/json-view.ts';
import {beforeCluster, factsWith, provoking} from '../../helpers/facts.ts';

const at = Date.UTC(2026, 0, 1);
const parsed = (line: object) => jsonLineSchema.parse(JSON.parse(jsonLine({at, ...line})));

test.each(Object.entries(provoking))('the line of %s', (code, facts) => {
  const lines = jsonReport({type: 'doctor', place: facts.place, labs: 9, findings: examine(facts)}, 'en').map(
    parsed,
  );
  expect(lines).toContainEqual(expect.objectContaining({type: 'finding', code}));
});

test('the last line sums up', () => {
  const last = (facts: (typeof provoking)['docker-up']) =>
    jsonReport({type: 'doctor', place: facts.place, labs: 9, findings: examine(facts)}, 'en').at(-1);
  expect(last(factsWith())).toMatchObject({
    type: 'doctor',
    provider: 'k3d',
    cluster: 'lab',
    warn: 0,
    stop: 0,
    exit: 0,
  });
  const down = beforeCluster({docker: {state: 'missing'}});
  expect(last(down)).toMatchObject({warn: 0, stop: 1, exit: 1});
});

test('before a start there are findings, and no sum', () => {
  const findings = examine(provoking['inotify-low']).filter(({state}) => state !== 'ok');
  const lines = jsonReport({type: 'preflight', findings}, 'en').map(parsed);
  expect(lines).toMatchObject([{type: 'finding', check: 'inotify', state: 'warn', fixable: false}]);
});
