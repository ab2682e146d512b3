import {describe, expect, test} from 'vitest';
import {parseLabelSelector} from '../../../../src/sandbox/registry/label-selectors.ts';

const db = {app: 'db', tier: '2', in: 'x'};

describe('selects the labels app=db, tier=2, in=x', () => {
  test.each([
    ['', true],
    ['app=db', true],
    ['app==db', true],
    [' app = db ', true],
    ['app=web', false],
    ['app!=web', true],
    ['app!=db', false],
    ['other!=db', true],
    ['app', true],
    ['other', false],
    ['!other', true],
    ['! app', false],
    ['app in (web, db)', true],
    ['app in(web)', false],
    ['app notin (web)', true],
    ['other notin (web)', true],
    ['app in ()', false],
    ['other=', false],
    ['app=db,tier>1', true],
    ['app=db,tier<2', false],
    ['in=x', true],
    ['in in (x)', true],
    ['app=db,tier in (1,2),!other', true],
  ])('%j: %s', (selector, expected) => {
    expect(parseLabelSelector(selector)(db)).toBe(expected);
  });
});

test('an empty value is selected by a missing value', () => {
  for (const selector of ['app=', 'app in ()', 'app in (,x)', 'app in (x,)'])
    expect(parseLabelSelector(selector)({app: ''})).toBe(true);
});

const nameText =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const valueText =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

describe('a selector that cannot be parsed', () => {
  // As kube-apiserver 1.35.4 answers.
  test.each([
    ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
    ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    [
      'a constructor b',
      "unable to parse requirement: found 'constructor', expected: in, notin, =, ==, !=, gt, lt",
    ],
    ['a!b', "unable to parse requirement: found '!', expected: in, notin, =, ==, !=, gt, lt"],
    ['!', "unable to parse requirement: found '', expected: identifier"],
    ['a===b', "unable to parse requirement: found '=', expected: identifier"],
    ['a!=!b', "unable to parse requirement: found '!', expected: identifier"],
    ['a notin', "unable to parse requirement: found '' expected: '('"],
    ['a in b', "unable to parse requirement: found 'b' expected: '('"],
    ['a in (b,c d)', "unable to parse requirement: found 'd', expected: ',' or ')'"],
    ['a in (=)', "unable to parse requirement: found '=', expected: ',', ')' or identifier"],
    ['a=b c', "found 'c', expected: ',' or 'end of string'"],
    ['a in (b))', "found ')', expected: ',' or 'end of string'"],
    ['!a=b', "found '=', expected: ',' or 'end of string'"],
    ['a,,b', "found ',', expected: identifier after ','"],
    ['a=b,', "found '', expected: identifier after ','"],
    [',', "found ',', expected: !, identifier, or 'end of string'"],
    ['(a)', "found '(', expected: !, identifier, or 'end of string'"],
    [
      'a>b',
      "unable to parse requirement: values[0]: Invalid value: \"b\": for 'Gt', 'Lt' operators, the value must be an integer",
    ],
    ['a@b=c', `unable to parse requirement: <nil>: Invalid value: "a@b": ${nameText}`],
    ['a=c@', `unable to parse requirement: values[0][a]: Invalid value: "c@": ${valueText}`],
    ['a<-5', `unable to parse requirement: values[0][a]: Invalid value: "-5": ${valueText}`],
  ])('%s', (selector, message) => {
    expect(() => parseLabelSelector(selector)).toThrow(
      expect.objectContaining({code: 400, reason: 'BadRequest', message}),
    );
  });
});
