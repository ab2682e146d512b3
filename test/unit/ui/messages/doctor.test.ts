import {describe, expect, test} from 'vitest';
import {languages} from '../../../../src/lab/lab.ts';
import {examine} from '../../../../src/preflight/examine.ts';
import {checkIds} from '../../../../src/preflight/finding.ts';
import {size, time} from '../../../../src/ui/messages/doctor-kit.ts';
import {messagesIn, sayFinding} from '../../../../src/ui/messages/messages.ts';
import {provoking} from '../../../helpers/facts.ts';

const odd = /undefined|\[object|NaN|null|\$\{/;

describe.each(languages)('%s', language => {
  const messages = messagesIn(language);
  test.each(Object.entries(provoking))('%s', (code, facts) => {
    for (const finding of examine(facts).filter(one => one.code === code)) {
      const {what, why, next} = sayFinding(finding, messages);
      expect(what).not.toBe(code);
      expect(what.trim()).not.toBe('');
      for (const text of [what, why, next]) expect(text ?? '').not.toMatch(odd);
    }
  });
  test.each(Object.entries(provoking))(
    '%s says why it matters, or what to do, where it is not well',
    (code, facts) => {
      for (const finding of examine(facts).filter(one => one.code === code && one.state !== 'ok')) {
        const {why, next} = sayFinding(finding, messages);
        expect([why, next].filter(Boolean)).not.toEqual([]);
        expect([next, ...finding.mend].filter(Boolean)).not.toEqual([]);
      }
    },
  );
  test('a sentence that ends in a colon has a command behind it', () => {
    for (const facts of Object.values(provoking))
      for (const finding of examine(facts))
        if (/:$/.test(sayFinding(finding, messages).next ?? '')) expect(finding.mend).not.toEqual([]);
  });
  test('every check has a name', () => {
    for (const id of checkIds) expect(messages.doctor.checks[id]).toBeTruthy();
  });
});

test('sizes and times', () => {
  expect([0, 5 * 2 ** 20, 1.25 * 2 ** 30, 24.4 * 2 ** 30].map(size)).toEqual([
    '0 MiB',
    '5 MiB',
    '1.3 GiB',
    '24 GiB',
  ]);
  expect(time(Date.UTC(2026, 10, 20, 13, 5, 59))).toBe('2026-11-20 13:05 UTC');
});
