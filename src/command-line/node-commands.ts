import type {Builder} from './builder.ts';

/** What one does with the nodes of a cluster. */
export function addNodeCommands({help, add, group, action}: Builder): void {
  const node = group('node', help.commands.node).enablePositionalOptions();
  add(node, 'list', help.commands.nodeList).action(
    action(async app => (await import('../commands/node.ts')).listNodes(app)),
  );
  add(node, 'stop <node>', help.commands.nodeStop).action(
    action(async (app, name: string) => (await import('../commands/node.ts')).stopNode(app, name)),
  );
  add(node, 'start <node>', help.commands.nodeStart).action(
    action(async (app, name: string) => (await import('../commands/node.ts')).startNode(app, name)),
  );
  add(node, 'exec <node> <command...>', help.commands.nodeExec)
    .passThroughOptions()
    .action(
      action(async (app, name: string, [first = '', ...rest]: string[]) => {
        const {execOnNode} = await import('../commands/node.ts');
        // Passed through with the rest where it parts the program from our own words, as with kubectl exec.
        return execOnNode(app, name, first === '--' ? rest : [first, ...rest]);
      }),
    );
}
