import {labAtSpeed} from '../engine/at-speed.ts';
import {capabilitiesIn, clusterCapabilities} from '../engine/capabilities.ts';
import {ChangeRecorder} from '../engine/change-recorder.ts';
import {type Drive, drive} from '../engine/drive.ts';
import type {Emit} from '../engine/events.ts';
import {ifAllowed} from '../engine/if-allowed.ts';
import type {Journal, Place} from '../engine/journal.ts';
import {labOn} from '../engine/needs.ts';
import {openNamespace} from '../engine/open-namespace.ts';
import {ownsNodes} from '../engine/own-nodes.ts';
import {controlPlaneOf, manifestsFor, variablesOf, watchTargets, workersOf} from '../engine/place.ts';
import type {Cluster} from '../engine/ports.ts';
import {progressOf} from '../engine/progress.ts';
import {Run} from '../engine/run.ts';
import {labTraces} from '../engine/traces.ts';
import {volumesInTheWay} from '../engine/volumes-in-the-way.ts';
import {ExpectedError, exitCodes, isExpected} from '../errors.ts';
import {type Lab, namespaceOf} from '../lab/lab.ts';
import {type Capabilities, unmetNeed} from '../lab/needs.ts';
import type {Variables} from '../lab/variables.ts';
import type {App} from './app.ts';
import {nodesAtFirst, takeBaseline} from './baseline.ts';
import {chooseDatabase} from './choose-database.ts';
import {findCluster} from './find-cluster.ts';
import {labEnvironment} from './lab-environment.ts';

/** A lab that has met its cluster: its namespace is there, its manifests are written. */
export interface Session {
  app: App;
  /** As it is on that cluster. */
  lab: Lab;
  cluster: Cluster;
  namespace: string;
  capabilities: Capabilities;
  variables: Variables;
  directory: string;
  place: Place;
  /** What a program needs to work in the lab: for the prompt, for solve and for a second terminal. */
  env: Record<string, string>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Make a cluster where there is none. */
  create: boolean;
  /** What is to be done with the cluster before the lab takes it as it is. */
  prepare?: (cluster: Cluster, identity: string) => Promise<void>;
}

/** Finds the cluster of a lab and prepares it. */
export async function openSession(app: App, lab: Lab, {create, prepare}: OpenOptions): Promise<Session> {
  const {signal} = app.outside;
  const last = progressOf(lab, app.journals.read(lab.id)).place;
  const database = chooseDatabase(app, lab, last);
  const client = await kubectlVersion(app); // before a cluster is made in vain
  const cluster = await findCluster(app, {
    lab,
    create,
    ...(last ? {last: {provider: last.provider, cluster: last.cluster}} : {}),
  });
  try {
    await app.commands.checkSkew(client, await cluster.api.version(signal), cluster.oldestKubectl);
    const namespace = namespaceOf(lab);
    const identity = await cluster.api.identity(signal);
    await prepare?.(cluster, identity);
    const nodes = await nodesAtFirst(app, lab, cluster, identity);
    const workers = workersOf(nodes);
    const known = await clusterCapabilities(cluster, workers, signal);
    const refused = refusalOf(lab, known); // before anything is made
    if (refused) throw refused;
    await leaveVolumesAlone(app, lab, cluster, identity, known);
    const opened = await openNamespace(cluster, lab, signal);
    const capabilities = await capabilitiesIn(cluster, namespace, known, signal);
    const refusal = refusalOf(lab, capabilities);
    // Nothing will come into the namespace. That it could not be deleted is less than why.
    if (refusal && opened.made)
      await cluster.api.deleteNamespace(namespace, signal).catch(cause => {
        refusal.cause = cause;
      });
    if (refusal) throw refusal;
    await app.setNamespace(cluster.kubeconfig, namespace);
    const variables = variablesOf(lab, {
      workers,
      controlPlane: controlPlaneOf(nodes),
      database,
      capabilities,
    });
    let closed: Promise<void> | undefined;
    const directory = app.work.directory(lab.id);
    app.work.write(lab.id, manifestsFor(lab, variables));
    return {
      app,
      lab: labOn(lab, capabilities),
      cluster,
      namespace,
      capabilities,
      variables,
      directory,
      place: {
        provider: cluster.provider,
        cluster: cluster.name,
        identity,
        namespaceUid: opened.uid,
        ...(database ? {database} : {}),
      },
      env: labEnvironment(app, lab.id, cluster.kubeconfig),
      close: () => (closed ??= cluster.close()),
    };
  } catch (error) {
    await cluster.close();
    throw error;
  }
}

/**
 * On a cluster that others use too, a lab that begins must not take what they have made.
 * @throws ExpectedError `volumes-in-the-way`
 */
async function leaveVolumesAlone(
  {journals, outside}: App,
  lab: Lab,
  cluster: Cluster,
  identity: string,
  known: Capabilities,
): Promise<void> {
  if (!cluster.guest || progressOf(lab, journals.read(lab.id)).place?.identity === identity) return;
  const volumes = (await ifAllowed(cluster.api.persistentVolumes(outside.signal))) ?? [];
  const taken = volumesInTheWay(lab, known, volumes);
  if (taken.length > 0)
    throw new ExpectedError('volumes-in-the-way', {lab: lab.id, volumes: taken}, {exitCode: exitCodes.usage});
}

/** Why a lab cannot be had on a cluster like that; undefined when it can. */
function refusalOf({id, needs}: Lab, cluster: Capabilities): ExpectedError | undefined {
  const need = unmetNeed(needs, cluster);
  if (!need) return undefined;
  const withheld = cluster.withheld?.[need];
  return new ExpectedError(
    'lab-needs',
    {lab: id, need, wanted: String(needs[need]), ...(withheld ? {withheld} : {})},
    {exitCode: exitCodes.usage},
  );
}

/** Writes down where the run takes place, the first time with the baseline that a restore goes back to. */
export async function recordPlace(session: Session, journal: Journal): Promise<void> {
  const {app, lab, cluster, place, capabilities} = session;
  const {place: before, capabilities: could} = progressOf(lab, journal.entries);
  const traces = labTraces(lab.id, journal.entries);
  const same = JSON.stringify([before, could]) === JSON.stringify([place, capabilities]);
  if (same && traces) return;
  const baseline =
    traces?.place.identity === place.identity
      ? traces.baseline
      : await takeBaseline(app, app.labs.get(lab.id), cluster, place.identity);
  journal.append({type: 'opened', at: app.clock.now(), lab: lab.id, place, capabilities, baseline});
}

/** A run of the session's lab from where the journal says, connected to the cluster. */
export function startRun(
  session: Session,
  journal: Journal | undefined,
  emit: Emit,
): {run: Run; driving: Drive} {
  const {app, lab, cluster, namespace, place, variables, capabilities} = session;
  const watched = watchTargets(lab, cluster, capabilities);
  const progress = progressOf(lab, journal?.entries ?? app.journals.read(lab.id));
  const {speed = 1} = cluster;
  const run = new Run({
    lab: labAtSpeed(lab, speed, place.database),
    speed,
    namespace,
    watched,
    variables,
    capabilities,
    progress,
  });
  const {clock, outside} = app;
  const recorder = new ChangeRecorder({
    lab,
    sharedMount: cluster.sharedMount,
    isGuest: !ownsNodes(cluster),
  });
  const {signal} = outside;
  return {run, driving: drive({run, watched, cluster, clock, journal, recorder, emit, signal})};
}

/** Where there is no kubectl it is fetched first. */
async function kubectlVersion({commands, outside: {signal}, view}: App): Promise<string> {
  try {
    return await commands.kubectlVersion(signal);
  } catch (error) {
    if (!isExpected(error) || error.code !== 'program-missing') throw error;
  }
  await view.task({code: 'fetch-kubectl'}, () => commands.fetchKubectl(signal));
  return commands.kubectlVersion(signal);
}
