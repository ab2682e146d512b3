import {describe, expect, test} from 'vitest';
import {wireFields} from '../../../../src/sandbox/api/protobuf/wire.ts';
import {openApiDocument, openApiIndex} from '../../../../src/sandbox/schema/openapi.ts';
import {openApiV2} from '../../../../src/sandbox/schema/openapi-v2.ts';
import {allTypes} from '../../../../src/sandbox/schema/types.ts';

interface Schema {
  description?: string;
  properties?: Record<string, Schema>;
  [extension: string]: unknown;
}
interface Document {
  paths: Record<string, Record<string, {parameters: {name: string; in: string}[]; [more: string]: unknown}>>;
  components: {schemas: Record<string, Schema>};
}
const documentOf = (apiVersion: string) => openApiDocument(apiVersion) as Document;

test('the index leads to a document for every served group and version', () => {
  const {paths} = openApiIndex();
  expect(paths['api/v1']?.serverRelativeURL).toMatch(/^\/openapi\/v3\/api\/v1\?hash=[0-9A-F]{128}$/);
  for (const root of Object.keys(paths)) expect(openApiDocument(root.replace(/^apis?\//, ''))).toBeDefined();
});

test('what is not served has no document', () => {
  expect(openApiDocument('apiextensions.k8s.io/v1')).toBeUndefined();
});

test('no reference leads out of its document', () => {
  for (const root of Object.keys(openApiIndex().paths)) {
    const {components} = documentOf(root.replace(/^apis?\//, ''));
    const referred = JSON.stringify(components).matchAll(/"#\/components\/schemas\/([^"]+)"/g);
    for (const [, name = ''] of referred) expect(components.schemas).toHaveProperty([name]);
  }
});

test('kubectl finds that the server validates fields and can try a patch out', () => {
  const patch = documentOf('apps/v1').paths['/apis/apps/v1/namespaces/{namespace}/deployments/{name}']?.patch;
  expect(patch).toMatchObject({
    'x-kubernetes-action': 'patch',
    'x-kubernetes-group-version-kind': {group: 'apps', version: 'v1', kind: 'Deployment'},
  });
  const names = patch?.parameters.map(({name, in: place}) => `${place} ${name}`);
  expect(names).toEqual(expect.arrayContaining(['query fieldValidation', 'query dryRun', 'query force']));
});

describe('a field is told with', () => {
  const fields = documentOf('v1').components.schemas['io.k8s.api.core.v1.PodSpec']?.properties ?? {};

  test('how its list is merged', () => {
    expect(fields.containers).toMatchObject({
      type: 'array',
      'x-kubernetes-patch-merge-key': 'name',
      'x-kubernetes-patch-strategy': 'merge',
      'x-kubernetes-list-map-keys': ['name'],
    });
  });

  test('its values, and the words for it', () => {
    expect(fields.restartPolicy).toMatchObject({enum: ['Always', 'Never', 'OnFailure'], type: 'string'});
    expect(fields.restartPolicy?.description).toMatch(/^Restart policy for all containers within the pod\./);
    expect(documentOf('v1').components.schemas['io.k8s.api.core.v1.Pod']?.description).toMatch(
      /^Pod is a collection/,
    );
  });
});

test('the older document has the same types', () => {
  const definitions = [...wireFields(part(openApiV2(), 9))].map(({value}) => value as Buffer);
  expect(definitions.map(named => part(named, 1).toString())).toEqual([...allTypes.keys()]);
  const podSpec = definitions.find(named => part(named, 1).toString() === 'io.k8s.api.core.v1.PodSpec');
  const properties = [...wireFields(part(part(podSpec ?? Buffer.alloc(0), 2), 25))];
  expect(properties.map(({value}) => part(value as Buffer, 1).toString())).toEqual(
    Object.keys(allTypes.get('io.k8s.api.core.v1.PodSpec')?.fields ?? {}),
  );
});

/** A field of a message in protocol buffers. */
function part(message: Buffer, wanted: number): Buffer {
  const found = [...wireFields(message)].find(({number}) => number === wanted)?.value;
  return Buffer.isBuffer(found) ? found : expect.fail(`no field ${wanted}`);
}
