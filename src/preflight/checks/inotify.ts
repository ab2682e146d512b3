import type {Check} from '../check.ts';
import {ok, warn} from '../finding.ts';
import {everyLab, nodesEngine} from '../place.ts';

/** What kubelets, containerd and kube-proxy of three nodes take, and what else runs. */
export const enough = 512;
/** What is usually set where many containers run. */
export const wanted = 8192;

/** All nodes are containers of one kernel, and share its limit with every other program of their user. */
export const inotify: Check = facts => {
  const {inotifyInstances: instances, root} = facts.machine;
  if (instances === undefined || !nodesEngine(facts)) return [];
  // Nodes that run have got theirs; what is left of it shows in nothing.
  if (instances >= enough || !facts.toStart) return [ok('inotify', 'inotify-enough', {instances})];
  const command = `sysctl fs.inotify.max_user_instances=${wanted}`;
  return [
    warn(
      'inotify',
      'inotify-low',
      {instances, wanted},
      {
        labs: everyLab(facts),
        mend: [root ? command : `sudo ${command}`],
        ...(root ? {fix: 'raise-inotify'} : {}),
      },
    ),
  ];
};
