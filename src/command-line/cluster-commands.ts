import {Option} from 'commander';
import {agentCount} from './arguments.ts';
import type {Builder} from './builder.ts';

/** What one does with clusters. */
export function addClusterCommands({help, add, group, action}: Builder): void {
  const cluster = group('cluster', help.commands.cluster);
  add(cluster, 'up', help.commands.clusterUp)
    .addOption(new Option('--agents <number>', help.options.agents).argParser(agentCount))
    .action(
      action(async (app, {agents}: {agents?: number}) =>
        (await import('../commands/cluster.ts')).clusterUp(app, agents),
      ),
    );
  add(cluster, 'down', help.commands.clusterDown).action(
    action(async app => (await import('../commands/cluster.ts')).clusterDown(app)),
  );
  add(cluster, 'list', help.commands.clusterList).action(
    action(async app => (await import('../commands/cluster.ts')).listClusters(app)),
  );
}
