import type {Check} from './check.ts';
import {architecture} from './checks/architecture.ts';
import {cgroup} from './checks/cgroup.ts';
import {disk} from './checks/disk.ts';
import {inotify} from './checks/inotify.ts';
import {memory} from './checks/memory.ts';
import {proxy} from './checks/proxy.ts';
import type {Facts} from './facts.ts';
import type {Finding} from './finding.ts';

/**
 * Judges no more than a start needs: what can stop a cluster from being made, or warns of it. What shows by itself as
 * soon as the cluster is there is left to where it shows.
 */
export const examineBefore = (facts: Facts): Finding[] =>
  beforeStart
    .flatMap(check => [...check(facts)])
    .filter(one => one.state === 'stop' || (one.state === 'warn' && !isDoubt(one)));

const beforeStart: readonly Check[] = [cgroup, disk, memory, inotify, architecture, proxy];

/** Whoever chose an image of their own is not told each time what it would have to be built for. */
const isDoubt = ({code}: Finding) => code === 'cgroup-1';
