import {describe, expect, test} from 'vitest';
import {openNamespace} from '../../../src/engine/open-namespace.ts';
import type {Access, ClusterApi} from '../../../src/engine/ports.ts';
import {ExpectedError} from '../../../src/errors.ts';
import {labOf} from '../../helpers/labs.ts';
import {namespace, object} from '../../helpers/objects.ts';

const lab = labOf([{id: 's', type: 'do'}], {watches: ['pods', 'nodes', 'events', 'services']});
const {signal} = new AbortController();

interface Situation {
  there?: boolean;
  /** Why the namespace may not be made. */
  refused?: string;
  /** As kubectl auth can-i takes them. */
  lacking?: string[];
  guest?: boolean;
}

function open({there = false, refused, lacking = [], guest = true}: Situation) {
  const asked: Access[] = [];
  const owners: (string | undefined)[] = [];
  const deleted: string[] = [];
  const api = {
    namespace: async (name: string) => (there ? object('configmaps', name) : undefined),
    user: async () => 'ada',
    may: async (access: Access) => {
      asked.push(access);
      const {verb, resource, subresource} = access;
      return !lacking.includes(`${verb} ${resource}${subresource ? `/${subresource}` : ''}`);
    },
    ensureNamespace: async (_name: string, _lab: string, _signal: AbortSignal, owner?: string) => {
      owners.push(owner);
      if (refused === undefined) return 'uid';
      throw new ExpectedError('forbidden', {verb: 'create', resource: 'namespaces', detail: refused});
    },
    deleteNamespace: async (name: string) => void deleted.push(name),
  } as unknown as ClusterApi;
  const opened = openNamespace({api, ...(guest ? {guest: {consented: false}} : {})}, lab, signal);
  return {opened, asked, owners, deleted};
}

const byRoles = 'namespaces is forbidden: User "ada" cannot create resource "namespaces" in API group ""';

describe('on a cluster that others use too', () => {
  test('a namespace is made for who works in it', async () => {
    const {opened, owners} = open({});
    expect(await opened).toEqual({uid: 'uid', made: true});
    expect(owners).toEqual(['ada']);
  });
  test('who has no rights in the one that was made is told, and it is deleted', async () => {
    const {opened, deleted} = open({lacking: ['list pods']});
    await expect(opened).rejects.toMatchObject({code: 'rights-missing', facts: {missing: ['list pods']}});
    expect(deleted).toEqual([namespace]);
  });
  test('who may not make one is told what to ask for', async () => {
    await expect(open({refused: byRoles}).opened).rejects.toMatchObject({
      code: 'namespace-unprepared',
      facts: {namespace, lab: 'test', user: 'ada'},
      exitCode: 2,
    });
  });
  test('what a rule of the administrator says is told as it is', async () => {
    const detail = 'admission webhook "names.example.org" denied the request: no';
    await expect(open({refused: detail}).opened).rejects.toMatchObject({code: 'forbidden', facts: {detail}});
  });
  test('in one that is there, all rights that are missing are told before anything is made', async () => {
    const lacking = ['watch events', 'create services', 'create pods/exec', 'list nodes'];
    const {opened, owners} = open({there: true, lacking});
    await expect(opened).rejects.toMatchObject({
      code: 'rights-missing',
      facts: {namespace, lab: 'test', user: 'ada', missing: lacking.slice(0, 3)},
    });
    expect(owners).toEqual([]);
  });
  test('nobody needs a right to make what controllers make', async () => {
    const {opened, asked} = open({there: true});
    expect(await opened).toEqual({uid: 'uid', made: false});
    expect(asked).not.toContainEqual(expect.objectContaining({verb: 'create', resource: 'events'}));
    expect(asked.every(access => access.namespace === namespace)).toBe(true);
  });
});

test('on a cluster of our own nobody asks about rights, and namespaces have no owner', async () => {
  const {opened, asked, owners} = open({there: true, guest: false});
  expect(await opened).toEqual({uid: 'uid', made: false});
  expect([asked, owners]).toEqual([[], [undefined]]);
  await expect(open({guest: false, refused: byRoles}).opened).rejects.toMatchObject({code: 'forbidden'});
});
