import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {languages} from '../../../../src/lab/lab.ts';
import {examine} from '../../../../src/preflight/examine.ts';
import type {Facts} from '../../../../src/preflight/facts.ts';
import {messagesIn} from '../../../../src/ui/messages/messages.ts';
import {doctorLines, preflightLines} from '../../../../src/ui/render/doctor.ts';
import {styleFor} from '../../../../src/ui/style.ts';
import {beforeCluster, factsWith, provoking} from '../../../helpers/facts.ts';

const context = (width: number, language: 'en' | 'ja' = 'en') => ({
  messages: messagesIn(language),
  style: styleFor(false),
  width,
});
const linesOf = (facts: Facts, width = 80, language: 'en' | 'ja' = 'en') =>
  doctorLines(
    {place: facts.place, labs: facts.labs.length, findings: examine(facts)},
    context(width, language),
  );

test('groups, aligned; the verdict last', () => {
  const facts = beforeCluster({docker: {state: 'down', detail: 'connection refused'}});
  expect(linesOf(facts)).toEqual([
    'k3d, cluster lab',
    '',
    'This machine',
    '  ✗ Docker   Docker does not answer: connection refused',
    '             The nodes of a k3d cluster are Docker containers.',
    '             Matters for every lab.',
    '             Start Docker, or do without it: --provider sandbox.',
    '             $ sudo systemctl start docker',
    '  ✓ kubectl  v1.35.4',
    '  ✓ disk     50 GiB free for statelab (/home/ada/statelab)',
    '  ✓ proxy    none',
    '  ✓ ports    3306 free for port-forward',
    '',
    'The cluster',
    '  ✓ cluster  There is none yet; statelab run makes one.',
    '',
    '1 thing stops the labs.',
    'Begin with: sudo systemctl start docker',
  ]);
});

test('a check with several findings is named once', () => {
  const lines = linesOf(factsWith());
  const disks = lines.filter(line => line.includes('GiB free for'));
  expect(disks).toEqual([
    '  ✓ disk          50 GiB free for statelab (/home/ada/statelab)',
    '  ✓               50 GiB free for Docker (/var/lib/docker)',
  ]);
  expect(lines.at(-1)).toBe('All is well. statelab run begins.');
});

test('what --fix can do is told', () => {
  const facts = beforeCluster({machine: {inotifyInstances: 128, root: true}});
  expect(linesOf(facts).slice(-3)).toEqual([
    'Labs can begin; 1 thing may get in the way.',
    'Begin with: sysctl fs.inotify.max_user_instances=8192',
    'statelab doctor --fix mends one of them.',
  ]);
});

describe.each(languages)('%s', language => {
  test.each(Object.entries(provoking))('%s fits into 80 columns, but for commands', (_code, facts) => {
    const wide = linesOf(facts, 80, language).filter(line => stringWidth(line) > 80);
    expect(wide.filter(line => !/^ {4}\$ /.test(line))).toEqual([]);
  });
  test('before a start each finding stands by itself', () => {
    const findings = examine(provoking['inotify-low']).filter(({state}) => state !== 'ok');
    const lines = preflightLines(findings, context(80, language));
    expect(lines[0]).toMatch(/^! inotify {2}/);
    expect(lines.at(-1)).toBe('           $ sudo sysctl fs.inotify.max_user_instances=8192');
    expect(lines.slice(1).every(line => line.startsWith(' '.repeat(11)))).toBe(true);
  });
});
