import type {Check} from '../check.ts';
import type {Disk, Facts} from '../facts.ts';
import {type DiskUse, type Finding, ok, stop, warn} from '../finding.ts';
import {everyLab, nodesEngine} from '../place.ts';

const MiB = 2 ** 20;
const GiB = 2 ** 30;

/** Journals, kubeconfigs, and what a sandbox writes. */
const home = {wanted: 100 * MiB, least: 5 * MiB};
/** Node image and a database's, once in Docker and once on each of three nodes. */
const newCluster = {wanted: 6 * GiB, least: GiB};
const oldCluster = {wanted: 2 * GiB, least: GiB / 2};

/** As k3s sets it: with less free, kubelets evict Pods and take no new ones. */
const evictionShare = 0.05;

/** Is there room for what statelab keeps, and for images and volumes? */
export const disk: Check = facts => {
  const {machine} = facts;
  const engine = nodesEngine(facts);
  return [
    ...(machine.home ? [room('home', machine.home, home, facts)] : []),
    ...(engine && machine.dockerDisk ? [dockerRoom(machine.dockerDisk, facts)] : []),
  ];
};

function dockerRoom(disk: Disk, facts: Facts): Finding {
  const {path, free, total} = disk;
  const least = total * evictionShare;
  if (facts.place.provider === 'k3d' && free < least)
    return stop('disk', 'disk-pressure', {path, free, least}, mending('docker', facts));
  return room('docker', disk, facts.toStart ? newCluster : oldCluster, facts);
}

function room(
  what: DiskUse,
  {path, free}: Disk,
  {wanted, least}: {wanted: number; least: number},
  facts: Facts,
): Finding {
  if (free >= wanted) return ok('disk', 'disk-room', {what, path, free});
  const bad = free < least ? stop : warn;
  return bad('disk', 'disk-short', {what, path, free, wanted}, mending(what, facts));
}

const mending = (what: DiskUse, facts: Facts) => ({
  labs: everyLab(facts),
  // Not `docker system prune`: that would delete the nodes of clusters that are stopped.
  mend: what === 'docker' ? ['docker image prune'] : [],
});
