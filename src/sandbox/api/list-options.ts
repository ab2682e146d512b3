import type {Stored} from '../objects.ts';
import {selection} from '../registry/selectors.ts';
import {badRequest, invalid, StatusError} from '../status-error.ts';
import type {Call} from './api.ts';

/** What a list or watch asks for, of metav1.ListOptions. */
export interface ListOptions {
  selects(object: Stored): boolean;
  /** Whether there is any selector at all. */
  selective: boolean;
  /** As it was sent: empty for the newest, 0 for any. */
  resourceVersion: string;
  /** 0 for no limit. */
  limit: number;
  continue: string;
  watch: boolean;
  /** Seconds; 0 for as long as the server likes. */
  timeoutSeconds: number;
  allowWatchBookmarks: boolean;
  /** Undefined: as the resourceVersion says. */
  sendInitialEvents: boolean | undefined;
}

/** @throws StatusError 400 for what cannot be read, 422 for what does not go together */
export function parseListOptions({request: {query}, type, watch, name}: Call): ListOptions {
  const labelSelector = query.get('labelSelector') ?? '';
  const asked = query.get('fieldSelector') ?? '';
  // Watching one object by its path is watching the collection for its name.
  const fieldSelector = name === undefined ? asked : `metadata.name=${name},${asked}`;
  const initial = query.get('sendInitialEvents');
  if (initial !== null && query.get('resourceVersionMatch') !== 'NotOlderThan')
    throw forbiddenInitialEvents();
  return {
    selects: selection(type.id, {labelSelector, fieldSelector}),
    selective: labelSelector !== '' || fieldSelector !== '',
    resourceVersion: query.get('resourceVersion') ?? '',
    limit: integer(query.get('limit')),
    continue: query.get('continue') ?? '',
    watch: watch || flag(query.get('watch')),
    timeoutSeconds: integer(query.get('timeoutSeconds')),
    allowWatchBookmarks: flag(query.get('allowWatchBookmarks')),
    sendInitialEvents: initial === null ? undefined : flag(initial),
  };
}

/** As Kubernetes reads a boolean of a query: there, and not 0 or false. */
export const flag = (value: string | null): boolean =>
  value !== null && value !== '0' && value.toLowerCase() !== 'false';

/** Zero for none. @throws StatusError 400 */
export function integer(value: string | null): number {
  if (value === null || value === '') return 0;
  if (!/^-?\d+$/.test(value))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`);
  return Number(value);
}

/**
 * A resourceVersion as a number.
 * @throws StatusError 400, or 504 when it lies in the future: it is of another cluster
 */
export function knownVersion(resourceVersion: string, current: number): number {
  const quoted = JSON.stringify(resourceVersion);
  if (!/^\d+$/.test(resourceVersion))
    throw badRequest(
      `invalid resource version: resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: invalid syntax`,
    );
  const version = Number(resourceVersion);
  if (version > current) throw tooLargeVersion(version, current);
  return version;
}

const tooLargeVersion = (version: number, current: number) =>
  new StatusError(504, 'Timeout', `Timeout: Too large resource version: ${version}, current: ${current}`, {
    causes: [{reason: 'ResourceVersionTooLarge', message: 'Too large resource version', field: ''}],
    retryAfterSeconds: 1,
  });

const forbiddenInitialEvents = () =>
  invalid({group: 'meta.k8s.io', resource: '', kind: 'ListOptions'}, '', [
    {
      reason: 'FieldValueForbidden',
      message: 'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      field: 'resourceVersionMatch',
    },
  ]);
