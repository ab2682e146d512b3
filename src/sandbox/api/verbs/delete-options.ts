import type {KubeObject} from '../../objects.ts';
import type {DeleteOptions} from '../../registry/registry.ts';
import {integer} from '../list-options.ts';
import {notSupported, wrongOptions} from '../option-errors.ts';
import {readOptional} from '../read-object.ts';
import type {ApiRequest} from '../request.ts';
import {isDryRun} from '../write-options.ts';

/**
 * What a DELETE asks for: in its body, or in its query where it has none.
 * @throws StatusError 400, 422
 */
export async function readDeleteOptions(request: ApiRequest): Promise<DeleteOptions> {
  const body = await readOptional(request, {group: '', version: 'v1', kind: 'DeleteOptions'});
  return deleteOptions(body ?? fromQuery(request.query));
}

/** @param options a DeleteOptions, in a body of its own or within an Eviction */
export function deleteOptions(options: object): DeleteOptions {
  const {gracePeriodSeconds, propagationPolicy, orphanDependents, preconditions, dryRun} = options as Asked;
  const policy =
    propagationPolicy ?? (orphanDependents === undefined ? undefined : orphans[`${orphanDependents}`]);
  if (policy !== undefined && !isPolicy(policy))
    throw wrongOptions('DeleteOptions', [notSupported('propagationPolicy', policy, [...policies, 'nil'])]);
  return {
    ...(gracePeriodSeconds !== undefined && {gracePeriodSeconds}),
    ...(policy !== undefined && {propagationPolicy: policy}),
    ...(preconditions && {preconditions}),
    ...(isDryRun(dryRun ?? []) && {dryRun: true}),
  };
}

interface Asked {
  gracePeriodSeconds?: number;
  propagationPolicy?: string;
  /** The older way to say it. */
  orphanDependents?: boolean;
  preconditions?: {uid?: string; resourceVersion?: string};
  dryRun?: string[];
}

const orphans = {true: 'Orphan', false: 'Background'} as const;
const policies: readonly string[] = ['Foreground', 'Background', 'Orphan'];
const isPolicy = (value: string): value is NonNullable<DeleteOptions['propagationPolicy']> =>
  policies.includes(value);

function fromQuery(query: URLSearchParams): KubeObject {
  const grace = query.get('gracePeriodSeconds');
  const policy = query.get('propagationPolicy');
  return {
    ...(grace !== null && {gracePeriodSeconds: integer(grace)}),
    ...(policy !== null && {propagationPolicy: policy}),
    dryRun: query.getAll('dryRun'),
  };
}
