import {isDeepStrictEqual} from 'node:util';
import type {PersistentVolumeSpec} from 'kubernetes-types/core/v1.d.ts';
import type {StatusCause} from '../../../status-error.ts';
import {forbidden, invalid} from '../field-errors.ts';
import {goJson} from '../go-json.ts';
import {immutable} from '../immutable.ts';
import {unifiedDiff} from '../unified-diff.ts';

/** Where the data is does not change. */
export function validateVolumeUpdate(
  spec: PersistentVolumeSpec,
  before: PersistentVolumeSpec,
): StatusCause[] {
  const diff = unifiedDiff(goJson('PersistentVolumeSource', before), goJson('PersistentVolumeSource', spec));
  const source = 'spec.persistentvolumesource';
  return [
    ...(diff === '' ? [] : [forbidden(source, `${source} is immutable after creation\n${diff}`)]),
    ...immutable('volumeMode', spec.volumeMode, before.volumeMode),
    ...validateNodeAffinity(spec, before),
  ];
}

/** It can be added, but not changed. */
function validateNodeAffinity(
  {nodeAffinity}: PersistentVolumeSpec,
  {nodeAffinity: before}: PersistentVolumeSpec,
): StatusCause[] {
  if (!before || isDeepStrictEqual(nodeAffinity, before)) return [];
  const shown = nodeAffinity ? goJson('VolumeNodeAffinity', nodeAffinity) : null;
  return [invalid('nodeAffinity', shown, 'field is immutable, except for updating from beta label to GA')];
}
