import {describe, expect, test} from 'vitest';
import {openApi} from './open-api.ts';

const aggregated = {
  accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json',
};

describe('discovery', () => {
  test('is one list of all to who takes it, with a tag for who keeps a copy', async () => {
    const {send} = await openApi();
    const {json, headers} = await send('/apis', {headers: aggregated});
    expect(headers['content-type']).toBe(
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
    );
    const apps = json.items.find(({metadata}: {metadata: {name: string}}) => metadata.name === 'apps');
    const deployments = apps.versions[0].resources.find(
      ({resource}: {resource: string}) => resource === 'deployments',
    );
    expect(deployments).toMatchObject({
      responseKind: {kind: 'Deployment'},
      scope: 'Namespaced',
      singularResource: 'deployment',
      shortNames: ['deploy'],
      categories: ['all'],
      subresources: [
        {subresource: 'scale', responseKind: {group: 'autoscaling', version: 'v1', kind: 'Scale'}},
        {},
      ],
    });
    const again = await send('/apis', {headers: {...aggregated, 'if-none-match': headers.etag ?? ''}});
    // A type here would replace that of the copy, which kubectl then does not understand.
    expect([again.code, again.text, again.headers['content-type']]).toEqual([304, '', undefined]);
  });

  test('is a list of groups, and one of resources for each version, to all others', async () => {
    const {send} = await openApi();
    expect((await send('/api')).json).toMatchObject({kind: 'APIVersions', versions: ['v1']});
    expect((await send('/apis')).json.groups).toContainEqual({
      name: 'apps',
      versions: [{groupVersion: 'apps/v1', version: 'v1'}],
      preferredVersion: {groupVersion: 'apps/v1', version: 'v1'},
    });
    expect((await send('/apis/apps')).json).toMatchObject({kind: 'APIGroup', name: 'apps'});
    const {json} = await send('/apis/policy/v1');
    expect(json).toMatchObject({
      kind: 'APIResourceList',
      groupVersion: 'policy/v1',
      resources: [
        {name: 'poddisruptionbudgets', shortNames: ['pdb'], namespaced: true},
        {name: 'poddisruptionbudgets/status', verbs: ['get', 'patch', 'update']},
      ],
    });
  });
});

describe('OpenAPI', () => {
  test('has a document for each version, kept by its hash', async () => {
    const {send} = await openApi();
    const {paths} = (await send('/openapi/v3')).json;
    const link: string = paths['apis/apps/v1'].serverRelativeURL;
    const {json, headers} = await send(link);
    expect(json.components.schemas['io.k8s.api.apps.v1.Deployment']).toBeDefined();
    expect((await send(link, {headers: {'if-none-match': headers.etag ?? ''}})).code).toBe(304);
    const old = await send('/openapi/v3/apis/apps/v1?hash=OLD');
    expect([old.code, old.headers.location]).toEqual([301, link]);
    expect((await send('/openapi/v3/apis/nope/v1')).code).toBe(404);
  });

  test('has version 2 for old kubectl only', async () => {
    const {send} = await openApi();
    const accept = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
    expect((await send('/openapi/v2', {headers: {accept}})).code).toBe(200);
    expect((await send('/openapi/v2')).code).toBe(404);
  });
});
