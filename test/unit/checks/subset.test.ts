import {describe, expect, test} from 'vitest';
import {differences} from '../../../src/checks/subset.ts';

describe('fields', () => {
  test('what is not asked for does not count', () => {
    expect(differences({spec: {replicas: 2}}, {spec: {replicas: 2, paused: true}, status: {}})).toEqual([]);
  });
  test('each difference has its path, what was wanted and what was found', () => {
    expect(
      differences(
        {metadata: {labels: {app: 'db'}}, spec: {replicas: 2, paused: true}},
        {metadata: {labels: {app: 'web'}}, spec: {replicas: 1}},
      ),
    ).toEqual([
      {path: 'metadata.labels.app', wanted: 'db', found: 'web'},
      {path: 'spec.replicas', wanted: 2, found: 1},
      {path: 'spec.paused', wanted: true, found: undefined},
    ]);
  });
  test('a part that is not there at all is told by its leaves', () => {
    expect(differences({spec: {strategy: {type: 'Recreate'}}}, {})).toEqual([
      {path: 'spec.strategy.type', wanted: 'Recreate', found: undefined},
    ]);
  });
  test('a text where a map is wanted is told by its leaves as well', () => {
    expect(differences({a: {b: 1}}, {a: 'x'})).toEqual([{path: 'a.b', wanted: 1, found: undefined}]);
  });
  test('an empty map means: it is there', () => {
    expect(differences({emptyDir: {}}, {emptyDir: {}})).toEqual([]);
    expect(differences({emptyDir: {}}, {emptyDir: {medium: 'Memory'}})).toEqual([]);
    expect(differences({emptyDir: {}}, {})).toEqual([{path: 'emptyDir', wanted: {}, found: undefined}]);
  });
  test('a key that is no plain word stands in brackets', () => {
    expect(
      differences({metadata: {labels: {'app.kubernetes.io/name': 'db'}}}, {metadata: {labels: {}}}),
    ).toEqual([{path: "metadata.labels['app.kubernetes.io/name']", wanted: 'db', found: undefined}]);
  });
  test('"1" is not 1, and null is not nothing', () => {
    expect(differences({a: 1}, {a: '1'})).toHaveLength(1);
    expect(differences({a: null}, {})).toHaveLength(1);
    expect(differences({a: null}, {a: null})).toEqual([]);
  });
});

describe('lists', () => {
  const containers = [
    {name: 'log', image: 'busybox'},
    {name: 'db', image: 'mariadb:10.11', ports: [{containerPort: 3306}]},
  ];
  test('an item may stand anywhere', () => {
    expect(differences([{name: 'db'}], containers)).toEqual([]);
  });
  test('the differences of an item are those of the one that comes closest, named in the path', () => {
    expect(
      differences({spec: {containers: [{name: 'db', image: 'mariadb:11.8'}]}}, {spec: {containers}}),
    ).toEqual([{path: 'spec.containers[name=db].image', wanted: 'mariadb:11.8', found: 'mariadb:10.11'}]);
  });
  test('an item of the same name is closer than one that is alike in all else', () => {
    const found = [
      {name: 'other', image: 'x', command: ['a'], tty: true},
      {name: 'db', image: 'y', command: ['b'], tty: false},
    ];
    expect(
      differences([{name: 'db', image: 'x', command: ['a'], tty: true}], found).map(({path}) => path),
    ).toEqual(['[name=db].image', '[name=db].command[0]', '[name=db].tty']);
  });
  test('where a single field is wanted its place in the list is the path', () => {
    expect(differences([{type: 'Ready'}], [{type: 'Initialized'}])).toEqual([
      {path: '[0].type', wanted: 'Ready', found: 'Initialized'},
    ]);
  });
  test('two items that are wanted need two', () => {
    expect(differences([{type: 'A'}, {type: 'A'}], [{type: 'A'}])).toEqual([
      {path: '[]', wanted: {type: 'A'}, found: undefined},
    ]);
    expect(differences([{type: 'A'}, {type: 'A'}], [{type: 'A'}, {type: 'A'}])).toEqual([]);
  });
  test('an empty list there is told as the missing item, no list at all as the missing list', () => {
    expect(differences({a: ['x']}, {a: []})).toEqual([{path: 'a[]', wanted: 'x', found: undefined}]);
    expect(differences({a: ['x']}, {})).toEqual([{path: 'a', wanted: ['x'], found: undefined}]);
  });
  test('a condition is told by its type', () => {
    expect(
      differences(
        {conditions: [{type: 'Ready', status: 'True'}]},
        {
          conditions: [
            {type: 'PodScheduled', status: 'True'},
            {type: 'Ready', status: 'False'},
          ],
        },
      ),
    ).toEqual([{path: 'conditions[type=Ready].status', wanted: 'True', found: 'False'}]);
  });
  test('a condition that is not there is not one of another type', () => {
    const wanted = {type: 'DisruptionTarget', reason: 'EvictionByEvictionAPI'};
    expect(differences({conditions: [wanted]}, {conditions: [{type: 'Ready', status: 'True'}]})).toEqual([
      {path: 'conditions[type=DisruptionTarget]', wanted, found: undefined},
    ]);
  });
  test('an item that two could stand for is left to the one that needs it', () => {
    const found = [
      {name: 'b', image: 'x'},
      {name: 'a', image: 'x'},
    ];
    expect(differences([{image: 'x'}, {image: 'x', name: 'b'}], found)).toEqual([]);
  });
});
