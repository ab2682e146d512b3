import {describe, expect, test} from 'vitest';
import {failures, isTrue, textsOf} from '../../../src/checks/cel.ts';

describe('isTrue', () => {
  const self = {spec: {replicas: 2}, status: {containerStatuses: [{restartCount: 2}]}};
  test.each([
    ['self.spec.replicas == 2', true],
    ['self.spec.replicas > 2', false],
    ['self.status.containerStatuses.exists(c, c.restartCount >= 2)', true],
    ['has(self.status.phase)', false],
  ])('%s is %s', (expression, result) => {
    expect(isTrue(expression, {self})).toBe(result);
  });
  test('a field that is not there makes it false, not an error', () => {
    expect(isTrue('self.status.phase == "Running"', {self: {}})).toBe(false);
  });
  test('something that is not a truth value is not true', () => {
    expect(isTrue('self.spec.replicas', {self})).toBe(false);
  });
});

describe('textsOf', () => {
  const self = {data: {password: 'ZGJhZG1pbg==', bare: 'ZGJhZG1pbg', broken: '!'}, ports: ['a', 'b']};
  test.each([
    ['self.data.bare', ['ZGJhZG1pbg']],
    ['self.ports', ['a', 'b']],
    ['string(base64.decode(self.data.password))', ['dbadmin']],
    ['string(base64.decode(self.data.bare))', ['dbadmin']],
    ['string(base64.decode(self.data.broken))', []],
    ['self.data.missing', []],
    ['self.ports.size()', []],
  ])('%s gives %j', (expression, texts) => {
    expect(textsOf(expression, {self})).toEqual(texts);
  });
});

describe('failures', () => {
  test('none when it is true', () => {
    expect(failures('self.a == 1', {self: {a: 1}})).toEqual([]);
  });
  test('the first failing condition of those joined by &&: left side, what was wanted, what it is', () => {
    const self = {a: 1, b: 5, c: 9};
    expect(failures('self.a == 1 && self.b == 2 && self.c == 3', {self})).toEqual([
      {path: 'self.b', wanted: '== 2', found: 5},
    ]);
  });
  test('conditions in parentheses are told apart as well', () => {
    expect(failures('(self.a == 1 && self.b == 2) && self.c == 3', {self: {a: 1, b: 2, c: 4}})).toEqual([
      {path: 'self.c', wanted: '== 3', found: 4},
    ]);
    expect(failures('self.c == 3 && (self.a == 1 && self.b == 2)', {self: {a: 1, b: 3, c: 3}})).toEqual([
      {path: 'self.b', wanted: '== 2', found: 3},
    ]);
  });
  test('those joined by || are one condition', () => {
    expect(failures('self.a == 1 && (self.b == 2 || self.c == 3)', {self: {a: 1, b: 5, c: 9}})).toEqual([
      {path: 'self.b == 2 || self.c == 3', wanted: 'true', found: false},
    ]);
  });
  test('the right side is shown with its value', () => {
    expect(
      failures("self.labels['h'] != before.labels['h']", {
        self: {labels: {h: 'x'}},
        before: {labels: {h: 'x'}},
      }),
    ).toEqual([{path: "self.labels['h']", wanted: '!= "x"', found: 'x'}]);
  });
  test('a number that was counted is a number', () => {
    expect(failures('objects.size() >= 2', {objects: [1]})).toEqual([
      {path: 'objects.size()', wanted: '>= 2', found: 1},
    ]);
  });
  test('a field that is not there has no value', () => {
    expect(failures('has(self.x) && self.x.y == "b"', {self: {x: {}}})).toEqual([
      {path: 'self.x.y', wanted: '== "b"', found: undefined},
    ]);
    expect(failures('self.list.exists(c, c.n >= 1)', {self: {}})).toEqual([
      {path: 'self.list.exists(c, c.n >= 1)', wanted: 'true', found: undefined},
    ]);
  });
  test('an expression over two lines is told in one', () => {
    expect(failures('self.a == 1 &&\n  self.b\n    .c == 2', {self: {a: 1, b: {c: 3}}})).toEqual([
      {path: 'self.b .c', wanted: '== 2', found: 3},
    ]);
  });
  test('numbers within a map or a list do not stop it', () => {
    expect(failures("self.m == {'a': 1}", {self: {m: {a: 2}}})).toEqual([
      {path: 'self.m', wanted: '== {"a":1}', found: {a: 2}},
    ]);
    expect(failures('self.l == [1, 2]', {self: {l: [1]}})).toEqual([
      {path: 'self.l', wanted: '== [1,2]', found: [1]},
    ]);
  });
});
