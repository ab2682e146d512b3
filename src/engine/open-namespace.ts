import {type ErrorFacts, ExpectedError, exitCodes, isExpected} from '../errors.ts';
import {type Lab, namespaceOf} from '../lab/lab.ts';
import {clusterKinds} from '../world/object.ts';
import {ifAllowed} from './if-allowed.ts';
import type {Access, Cluster} from './ports.ts';

export interface OpenNamespace {
  uid: string;
  /** It was not there before. */
  made: boolean;
}

/**
 * Makes the lab's namespace, or takes over the one that is the lab's already. On a cluster that others use too it is
 * made sure first that the learner may do there what the lab takes, so that no lab ends half-way for want of a right.
 * @throws ExpectedError `namespace-unprepared`, `rights-missing`, `namespace-taken`, `forbidden`
 */
export async function openNamespace(
  cluster: Pick<Cluster, 'api' | 'guest'>,
  lab: Lab,
  signal: AbortSignal,
): Promise<OpenNamespace> {
  const {api, guest} = cluster;
  const namespace = namespaceOf(lab);
  try {
    const made = (await api.namespace(namespace, signal)) === undefined;
    if (guest && !made) await checkRights(cluster, lab, signal);
    const owner = guest ? await api.user(signal) : undefined;
    const uid = await api.ensureNamespace(namespace, lab.id, signal, owner);
    // Some clusters give rights in a namespace to whoever makes it, so that they cannot be asked for before.
    if (guest && made)
      await checkRights(cluster, lab, signal).catch(error => takeBack(cluster, lab, error, signal));
    return {uid, made};
  } catch (error) {
    if (!guest || !isForbiddenByRoles(error)) throw error;
    throw new ExpectedError(
      'namespace-unprepared',
      {namespace, lab: lab.id, ...(await userFact(cluster, signal))},
      {exitCode: exitCodes.usage, cause: error},
    );
  }
}

/** Nothing will come into the namespace. That it may not be deleted is less than why. */
async function takeBack(
  {api}: Pick<Cluster, 'api'>,
  lab: Lab,
  error: unknown,
  signal: AbortSignal,
): Promise<never> {
  await ifAllowed(api.deleteNamespace(namespaceOf(lab), signal));
  throw error;
}

/** A namespace that a rule of the administrator forbids is none that they would prepare: the rule has to be told. */
const isForbiddenByRoles = (error: unknown): boolean =>
  isExpected(error) &&
  error.code === 'forbidden' &&
  / cannot \w+ resource /.test((error.facts as ErrorFacts['forbidden']).detail);

async function checkRights(cluster: Pick<Cluster, 'api'>, lab: Lab, signal: AbortSignal): Promise<void> {
  const namespace = namespaceOf(lab);
  const asked = await Promise.all(
    rightsFor(lab).map(async access => ({
      access,
      allowed: await cluster.api.may({...access, namespace}, signal),
    })),
  );
  const missing = asked.flatMap(({access, allowed}) => (allowed ? [] : sayAccess(access)));
  if (missing.length > 0)
    throw new ExpectedError(
      'rights-missing',
      {namespace, lab: lab.id, missing, ...(await userFact(cluster, signal))},
      {exitCode: exitCodes.usage},
    );
}

/** To see what the lab is about, and to make and unmake what learners make of it. */
function rightsFor(lab: Lab): Access[] {
  const kinds = lab.watches.filter(kind => !clusterKinds.has(kind));
  return [
    ...kinds.flatMap(resource => ['list', 'watch'].map(verb => ({verb, resource}))),
    ...kinds
      .filter(kind => !madeByOthers.has(kind))
      .flatMap(resource => ['create', 'delete'].map(verb => ({verb, resource}))),
    {verb: 'create', resource: 'pods', subresource: 'exec'},
    {verb: 'get', resource: 'pods', subresource: 'log'},
  ];
}

/** Controllers make these, and there is a ConfigMap in every namespace that labs only read. */
const madeByOthers = new Set<string>([
  'events',
  'configmaps',
  'replicasets.apps',
  'endpointslices.discovery.k8s.io',
]);

const sayAccess = ({verb, resource, subresource}: Access): string =>
  `${verb} ${resource}${subresource === undefined ? '' : `/${subresource}`}`;

async function userFact({api}: Pick<Cluster, 'api'>, signal: AbortSignal): Promise<{user?: string}> {
  const user = await api.user(signal);
  return user === undefined ? {} : {user};
}
