import {createHash} from 'node:crypto';
import type {ResourceType} from '../registry/resource-type.ts';
import {type Answer, ok} from './answer.ts';
import {parseMediaType} from './negotiate.ts';
import type {ApiRequest} from './request.ts';

/** What tells clients which resources there are. */
export interface Discovery {
  /** /api and /apis: aggregated where the client accepts that, else the plain lists. */
  root(request: ApiRequest, prefix: 'api' | 'apis'): Answer;
  /** /apis/apps; undefined when there is no such group. */
  group(name: string): Answer | undefined;
  /** /apis/apps/v1; undefined when there is no such version. */
  resources(apiVersion: string): Answer | undefined;
}

export function discovery(types: Iterable<ResourceType>): Discovery {
  const groups = Map.groupBy(types, ({group}) => group);
  const versions = Map.groupBy([...groups.values()].flat(), ({group, version}) =>
    group === '' ? version : `${group}/${version}`,
  );
  const core = groups.get('') ?? [];
  const others = [...groups].filter(([name]) => name !== '');
  const aggregated = {
    api: withTag({...aggregatedList, items: [aggregatedGroup('', core)]}),
    apis: withTag({...aggregatedList, items: others.map(([name, types]) => aggregatedGroup(name, types))}),
  };
  return {
    root(request, prefix) {
      if (acceptsAggregated(request.headers.accept)) return tagged(request, aggregated[prefix]);
      if (prefix === 'api')
        return ok({kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: []});
      return ok({
        kind: 'APIGroupList',
        apiVersion: 'v1',
        groups: others.map(([name, types]) => plainGroup(name, types)),
      });
    },
    group(name) {
      const types = name === '' ? undefined : groups.get(name);
      return types && ok({kind: 'APIGroup', apiVersion: 'v1', ...plainGroup(name, types)});
    },
    resources(apiVersion) {
      const types = versions.get(apiVersion);
      return types && ok(resourceList(apiVersion, types));
    },
  };
}

const aggregatedType = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const aggregatedList = {kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}};

const acceptsAggregated = (accept = '') =>
  accept.split(',').some(entry => {
    const {parameters} = parseMediaType(entry);
    return parameters.get('as') === 'APIGroupDiscoveryList' && parameters.get('v') === 'v2';
  });

function aggregatedGroup(name: string, types: readonly ResourceType[]): object {
  const versions = Map.groupBy(types, ({version}) => version);
  return {
    metadata: name === '' ? {} : {name},
    versions: [...versions].map(([version, types]) => ({
      version,
      resources: types.map(aggregatedResource),
      freshness: 'Current',
    })),
  };
}

function aggregatedResource(type: ResourceType): object {
  const {resource, kind, namespaced, singular, verbs, shortNames, categories, subresources} = type;
  return {
    resource,
    responseKind: {group: '', version: '', kind},
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: singular,
    verbs,
    ...(shortNames.length > 0 && {shortNames}),
    ...(categories.length > 0 && {categories}),
    ...(Object.keys(subresources).length > 0 && {
      subresources: Object.entries(subresources).map(
        ([subresource, {group = '', version = '', kind, verbs}]) => ({
          subresource,
          responseKind: {group, version, kind},
          verbs,
        }),
      ),
    }),
  };
}

function plainGroup(name: string, types: readonly ResourceType[]) {
  const versions = [...new Set(types.map(({version}) => version))].map(version => ({
    groupVersion: `${name}/${version}`,
    version,
  }));
  return {name, versions, preferredVersion: versions[0]};
}

function resourceList(groupVersion: string, types: readonly ResourceType[]): object {
  return {
    kind: 'APIResourceList',
    ...(groupVersion.includes('/') && {apiVersion: 'v1'}),
    groupVersion,
    resources: types.flatMap(type => [
      {
        name: type.resource,
        singularName: type.singular,
        namespaced: type.namespaced,
        kind: type.kind,
        verbs: type.verbs,
        ...(type.shortNames.length > 0 && {shortNames: type.shortNames}),
        ...(type.categories.length > 0 && {categories: type.categories}),
      },
      ...Object.entries(type.subresources).map(([name, {group, version, kind, verbs}]) => ({
        name: `${type.resource}/${name}`,
        singularName: '',
        namespaced: type.namespaced,
        ...(group !== undefined && {group}),
        ...(version !== undefined && {version}),
        kind,
        verbs,
      })),
    ]),
  };
}

/** A document with the tag of its content, for clients that keep a copy. */
function withTag(document: object) {
  const json = JSON.stringify(document);
  return {json, etag: `"${createHash('sha512').update(json).digest('hex').toUpperCase()}"`};
}

function tagged({headers}: ApiRequest, {json, etag}: ReturnType<typeof withTag>): Answer {
  const common = {etag, vary: 'Accept', 'cache-control': 'public'};
  if (headers['if-none-match'] === etag) return {code: 304, headers: common};
  return {code: 200, headers: common, body: {json, type: aggregatedType}};
}
