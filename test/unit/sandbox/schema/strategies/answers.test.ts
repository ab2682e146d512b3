import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import type {KubeObject, Stored} from '../../../../../src/sandbox/objects.ts';
import type {OpenRegistry} from '../../../../../src/sandbox/registry/open.ts';
import {decode} from '../../../../../src/sandbox/schema/decode.ts';
import {resourceTypes} from '../../../../../src/sandbox/schema/resources.ts';
import {strategies} from '../../../../../src/sandbox/schema/strategies/index.ts';
import {StatusError} from '../../../../../src/sandbox/status-error.ts';
import {
  type Answer,
  applyMergePatch,
  type Case,
  caseNamespace,
  comparable,
  type Json,
  readCases,
  refusal,
  type Status,
} from '../../../../fixtures/sandbox/strategies/case.ts';
import {newCluster} from './cluster.ts';

const fixtures = `${import.meta.dirname}/../../../../fixtures/sandbox/strategies`;

// Each case is answered as the real API server answered it (test/fixtures/sandbox/strategies/record.ts).
describe.each(readdirSync(`${fixtures}/cases`).map(file => file.replace('.yaml', '')))('%s', name => {
  const recorded: Record<string, Answer> = JSON.parse(
    readFileSync(`${fixtures}/answers/${name}.json`, 'utf8'),
  );

  // Where nothing is but asked, nothing is left behind.
  const shared = newCluster(caseNamespace);

  test.each(readCases(`${fixtures}/cases/${name}.yaml`))('$case', one => {
    const registry = one.given || one.update ? newCluster(caseNamespace) : shared;
    expect(comparable(answerTo(one, registry), one)).toEqual(recorded[one.case]);
  });
});

function answerTo({given = [], create: manifest, status, update}: Case, registry: OpenRegistry): Answer {
  for (const one of given) create(registry, one);
  const before = update && withStatus(registry, create(registry, manifest), status);
  const {id} = registry.resourceOf(manifest);
  try {
    const object = before
      ? registry.update(id, read(applyMergePatch<unknown>(before, update) as Json), {dryRun: true})
      : registry.create(id, read(manifest), {dryRun: true});
    const context = {registry, now: 0};
    const warnings = strategies[id]?.warnings?.(object as Stored, context, before) ?? [];
    return {object: object as unknown as Json, ...(warnings.length > 0 && {warnings})};
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return {refusal: refusal(error as Status)};
  }
}

function create(registry: OpenRegistry, manifest: Json): Stored {
  const object = registry.create(registry.resourceOf(manifest).id, read(manifest)) as Stored;
  if (manifest.kind === 'Namespace')
    registry.create('serviceaccounts', {metadata: {namespace: manifest.metadata.name, name: 'default'}});
  return object;
}

const withStatus = (registry: OpenRegistry, object: Stored, status: object | undefined): Stored =>
  status === undefined
    ? object
    : (registry.update(
        registry.resourceOf(object).id,
        {...object, status: applyMergePatch<unknown>((object as KubeObject).status, status)},
        {subresource: 'status'},
      ) as Stored);

/** As a client's request is read. */
function read(manifest: Json): KubeObject {
  const type = [...resourceTypes.values()].find(({kind}) => kind === manifest.kind);
  if (!type) throw new Error(`No resource is of kind ${manifest.kind}.`);
  const metadata = {...(type.namespaced && {namespace: caseNamespace}), ...manifest.metadata};
  return decode(Buffer.from(JSON.stringify({...manifest, metadata})), undefined, type, 'Ignore').object;
}
