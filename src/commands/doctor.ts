import type {Provider} from '../engine/ports.ts';
import {ExpectedError, exitCodes, isExpected} from '../errors.ts';
import {examine} from '../preflight/examine.ts';
import type {Place} from '../preflight/facts.ts';
import type {Finding, FindingFacts} from '../preflight/finding.ts';
import {summaryOf} from '../preflight/summary.ts';
import type {App} from './app.ts';
import {chooseProvider, chosenProvider, defaultCluster} from './choose-provider.ts';
import {bringUp} from './find-cluster.ts';
import {gatherFacts} from './gather-facts.ts';

/**
 * Says what stands between this machine and the labs, before a lab stumbles over it.
 * @param lab the one to judge for; without it, all of them
 * @param fix mend what can be mended safely, then look again; what could not be mended is told before the findings
 * @throws ExpectedError `context-unknown` when none is named
 */
export async function doctor(app: App, lab: string | undefined, {fix}: {fix: boolean}): Promise<number> {
  const labs = (lab === undefined ? app.labs.ids() : [lab]).map(id => app.labs.get(id));
  const asked = chosenProvider(app);
  const provider = asked === undefined ? await chooseProvider(app) : await app.provider(asked);
  const place: Place = {
    provider: provider.id,
    cluster:
      provider.id === 'context' ? await contextOf(app, provider) : (app.options.cluster ?? defaultCluster),
    asked: asked !== undefined,
  };
  const look = async () => examine(await gatherFacts(app, place, provider, labs));
  let findings = await look();
  if (fix && findings.some(one => one.fix)) {
    for (const one of findings) if (one.fix) await tryToMend(app, provider, place, one);
    findings = await look();
  }
  app.view.report({type: 'doctor', place, labs: labs.length, findings});
  return summaryOf(findings).counts.stop > 0 ? exitCodes.notReached : exitCodes.reached;
}

/** Which of the learner's contexts is meant is not for statelab to guess, as it is not for a run. */
async function contextOf({options, outside}: App, provider: Provider): Promise<string> {
  if (options.context !== undefined) return options.context;
  const known = (await provider.list(outside.signal)).map(({name}) => name);
  throw new ExpectedError('context-unknown', {context: '', known});
}

/** What keeps one thing from being mended is no reason to leave the others, nor to be silent about what was found. */
async function tryToMend(app: App, ...what: [Provider, Place, Finding]): Promise<void> {
  try {
    await mend(app, ...what);
  } catch (error) {
    app.outside.signal.throwIfAborted();
    if (!isExpected(error) || error.code === 'interrupted') throw error;
    app.view.error(error);
  }
}

/** Nothing of this touches what is not statelab's own, but for what the learner is asked about. */
async function mend(app: App, provider: Provider, place: Place, {fix, facts}: Finding): Promise<void> {
  const {signal} = app.outside;
  switch (fix) {
    case 'fetch-kubectl':
      return app.view.task({code: 'fetch-kubectl'}, () => app.commands.fetchKubectl(signal));
    case 'start-cluster':
      return (await bringUp(app, provider, place.cluster)).close();
    case 'raise-inotify': {
      const {instances: from, wanted: to} = facts as FindingFacts['inotify-low'];
      if (await app.view.confirm({code: 'raise-inotify', from, to}))
        await (await app.inspector()).raiseInotify(to);
    }
  }
}
