import type {JournalEntry} from '../engine/journal.ts';
import {ownsNodes} from '../engine/own-nodes.ts';
import type {Cluster} from '../engine/ports.ts';
import type {Known} from '../engine/restore.ts';
import {type LabTraces, labTraces} from '../engine/traces.ts';
import {isExpected} from '../errors.ts';
import {standingChanges} from '../world/node-change.ts';
import type {App} from './app.ts';

/**
 * The journals of all labs, the lab first that was worked on last. One that cannot be read is told of by whoever goes on
 * with its lab, and left out here.
 */
export const readableJournals = ({
  journals,
}: Pick<App, 'journals'>): {lab: string; entries: JournalEntry[]}[] =>
  journals.labs().flatMap(lab => {
    try {
      return {lab, entries: journals.read(lab)};
    } catch (error) {
      if (isExpected(error)) return [];
      throw error;
    }
  });

/** What the journals of all labs know of clusters. */
export const tracesOfLabs = (app: Pick<App, 'journals'>): LabTraces[] =>
  readableJournals(app).flatMap(({lab, entries}) => labTraces(lab, entries) ?? []);

export const tracesOn = (app: Pick<App, 'journals'>, identity: string): LabTraces[] =>
  tracesOfLabs(app).filter(({place}) => place.identity === identity);

/** What is known of what a lab did to a cluster, and the other labs to its nodes. */
export function knownOf(
  app: Pick<App, 'journals'>,
  lab: string,
  cluster: Pick<Cluster, 'guest'>,
  identity: string,
): Known {
  const all = tracesOn(app, identity);
  const own = all.find(traces => traces.lab === lab);
  const isOurs = ({typed}: {typed: boolean}) => ownsNodes(cluster) || typed;
  return {
    baseline: own?.baseline,
    standing: standingChanges(
      all.flatMap(({changes}) => changes),
      isOurs,
    ),
    ...(ownsNodes(cluster) ? {} : {unclaimed: standingChanges(own?.changes ?? [], ({typed}) => !typed)}),
    volumes: own?.volumes ?? [],
  };
}
