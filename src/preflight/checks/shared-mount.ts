import type {Check} from '../check.ts';
import {ok, warn} from '../finding.ts';
import {labsNeeding} from '../needing.ts';

/** Is there a directory that all nodes share? */
export const sharedMount: Check = facts => {
  const {cluster} = facts;
  if (cluster?.state !== 'up') return [];
  const {sharedDirectory: path} = cluster.capabilities;
  if (path !== undefined) return [ok('shared-mount', 'shared-mount-there', {path})];
  return [warn('shared-mount', 'shared-mount-missing', {}, {labs: labsNeeding(facts, 'sharedDirectory')})];
};
