import {ownsNodes} from '../engine/own-nodes.ts';
import type {Cluster} from '../engine/ports.ts';
import type {Known} from '../engine/restore.ts';
import {type LabTraces, labTraces} from '../engine/traces.ts';
import {isExpected} from '../errors.ts';
import {standingChanges} from '../world/node-change.ts';
import type {App} from './app.ts';

/**
 * What the journals of all labs know of clusters, the lab first that was worked on last. A journal that cannot be read
 * is told of by whoever goes on with its lab.
 */
export const tracesOfLabs = ({journals}: Pick<App, 'journals'>): LabTraces[] =>
  journals.labs().flatMap(lab => {
    try {
      return labTraces(lab, journals.read(lab)) ?? [];
    } catch (error) {
      if (isExpected(error)) return [];
      throw error;
    }
  });

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
