import type {Cluster, Provider} from '../engine/ports.ts';
import {type LabTraces, labTraces} from '../engine/traces.ts';
import {exitCodes, isExpected} from '../errors.ts';
import type {App} from './app.ts';
import {chosenProvider} from './choose-provider.ts';
import {knownOf, tracesOfLabs} from './known.ts';
import {noteBack, putBack, withJournalOf} from './put-back.ts';
import {planOf, type Restoring} from './restore-lab.ts';

/**
 * Takes back what all labs left, on all clusters that they were run on (or the one that was named). What was reached in
 * them stays the learner's.
 * @param dryRun only say what there is to undo
 * @returns not reached while something is left
 * @throws ExpectedError `reset-incomplete`, `needs-answer`
 */
export async function restoreAll(app: App, dryRun: boolean): Promise<number> {
  const places = new Map<string, LabTraces[]>();
  for (const traces of tracesOfLabs(app).filter(one => isWanted(app, one))) {
    const key = `${traces.place.provider}/${traces.place.cluster}`;
    places.set(key, [...(places.get(key) ?? []), traces]);
  }
  let exit: number = exitCodes.reached;
  let left = 0;
  for (const labs of places.values()) {
    try {
      left += await restoreCluster(app, labs, dryRun);
    } catch (error) {
      // Of one cluster, stopped or out of reach, nothing can be said; others can be restored all the same.
      if (!isExpected(error) || error.code === 'interrupted' || error.code === 'needs-answer') throw error;
      app.view.error(error);
      exit = error.exitCode;
    }
  }
  if (left > 0) return exitCodes.notReached;
  if (exit === exitCodes.reached) app.view.report({type: 'nothing-left'});
  return exit;
}

/** A context and a cluster may have the same name, as minikube's have. */
function isWanted(app: App, {place}: LabTraces): boolean {
  const {context, cluster} = app.options;
  const name = place.provider === 'context' ? context : cluster;
  return (
    (chosenProvider(app) ?? place.provider) === place.provider && (name ?? place.cluster) === place.cluster
  );
}

/** @returns how much is left */
async function restoreCluster(app: App, labs: readonly LabTraces[], dryRun: boolean): Promise<number> {
  const [{place} = {}] = labs;
  if (!place) return 0;
  const {signal} = app.outside;
  const provider = await app.provider(place.provider);
  await provider.check(signal);
  const cluster = await connect(app, provider, place.cluster);
  if (!cluster) return offerToForget(app, labs, dryRun);
  try {
    const identity = await cluster.api.identity(signal);
    // What was done to a cluster that was made anew since has gone with it.
    const gone = labs.filter(one => one.place.identity !== identity);
    const held = dryRun ? 0 : await forget(app, gone);
    const here = labs.filter(one => one.place.identity === identity && app.labs.ids().includes(one.lab));
    return held + (await restoreLabs(app, cluster, identity, here, dryRun));
  } finally {
    await cluster.close();
  }
}

/** @returns undefined when the cluster is no longer there */
async function connect(app: App, provider: Provider, name: string): Promise<Cluster | undefined> {
  const {signal} = app.outside;
  if (provider.id !== 'context') {
    const found = (await provider.list(signal)).find(cluster => cluster.name === name);
    if (!found?.ours) return undefined;
  }
  return provider.connect(name, signal);
}

/**
 * A cluster that cannot be found is deleted, or it is somewhere that this terminal does not look at: in another Docker
 * engine, or in another home of minikube's. Only the learner knows.
 * @returns how many labs may have left something
 */
async function offerToForget(app: App, labs: readonly LabTraces[], dryRun: boolean): Promise<number> {
  const [{place} = {}] = labs;
  if (!place) return 0;
  const {cluster, provider} = place;
  app.view.report({type: 'cluster-not-found', cluster, provider, labs: labs.map(({lab}) => lab)});
  if (dryRun || !(await app.view.confirm({code: 'forget', cluster}))) return labs.length;
  return forget(app, labs);
}

/** @returns of how many labs nothing was forgotten, as another terminal has them open */
async function forget(app: App, labs: readonly LabTraces[]): Promise<number> {
  let held = 0;
  for (const {lab} of labs) {
    const outcome = await withJournalOf(app, lab, undefined, async journal =>
      noteBack(app, lab, journal, 'all'),
    );
    if (!('heldBy' in outcome)) continue;
    held += 1;
    if (app.labs.ids().includes(lab))
      app.view.report({type: 'lab-busy', lab: app.labs.get(lab), pid: outcome.heldBy, steps: []});
  }
  return held;
}

async function restoreLabs(
  app: App,
  cluster: Cluster,
  identity: string,
  labs: readonly LabTraces[],
  dryRun: boolean,
): Promise<number> {
  const told = new Set<string>();
  const todo: Restoring[] = [];
  for (const {lab: id} of labs) {
    const restoring: Restoring = {
      app,
      cluster,
      lab: app.labs.get(id),
      scope: 'lab',
      known: knownOf(app, id, cluster, identity),
    };
    const steps = (await planOf(restoring)).steps.filter(step => !told.has(JSON.stringify(step)));
    if (steps.length === 0) continue;
    for (const step of steps) told.add(JSON.stringify(step));
    app.view.report({type: 'restore-plan', lab: restoring.lab, because: 'asked', steps});
    todo.push(restoring);
  }
  if (todo.length === 0) return 0;
  if (dryRun || !(await app.view.confirm({code: 'restore', cluster: cluster.name}))) return told.size;
  return putAllBack(todo);
}

/**
 * One lab that cannot be put back does not keep the others from it.
 * @returns of how many labs something is left
 * @throws the first error, when all have had their turn
 */
async function putAllBack(todo: readonly Restoring[]): Promise<number> {
  let left = 0;
  const errors: unknown[] = [];
  for (const restoring of todo) {
    const {app, lab} = restoring;
    try {
      const outcome = await withJournalOf(app, lab.id, undefined, async journal => {
        // Another terminal may have gone on with it while the plan was read.
        if (labTraces(lab.id, journal.entries)) await putBack(restoring, journal, 'all');
      });
      if (!('heldBy' in outcome)) continue;
      app.view.report({type: 'lab-busy', lab, pid: outcome.heldBy, steps: []});
      left += 1;
    } catch (error) {
      app.outside.signal.throwIfAborted();
      if (errors.length > 0 && isExpected(error)) app.view.error(error);
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors.find(error => !isExpected(error)) ?? errors[0];
  return left;
}
