import type {Builder} from './builder.ts';

/** What a class without a network is prepared with. */
export function addBundleCommands({help, add, group, action}: Builder): void {
  const bundle = group('bundle', help.commands.bundle);
  add(bundle, 'save <file>', help.commands.bundleSave).action(
    action(async (app, file: string) => (await import('../commands/bundle.ts')).saveBundle(app, file)),
  );
  add(bundle, 'load <file>', help.commands.bundleLoad).action(
    action(async (app, file: string) => (await import('../commands/bundle.ts')).loadBundle(app, file)),
  );
}
