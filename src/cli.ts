#!/usr/bin/env node
// The only place that ends the process. What is imported here, `statelab --version` waits for: Node's own, and the comparison.
import {readFileSync} from 'node:fs';
import * as modules from 'node:module';
import {isOlder} from './node-version.ts';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
  engines: {node: string};
};
const args = process.argv.slice(2);
const [, needed = '0'] = /(\d+\.\d+)/.exec(manifest.engines.node) ?? [];

if (isOlder(process.versions.node, needed)) {
  process.stderr.write(
    `statelab needs Node.js ${needed} or newer, and this is ${process.versions.node}: install a newer one from https://nodejs.org/.\n`,
  );
  process.exitCode = 2;
} else if (args.length === 1 && ['--version', '-V'].includes(args[0] ?? '')) {
  process.stdout.write(`${manifest.version}\n`);
} else {
  modules.enableCompileCache?.();
  const {main} = await import('./main.ts');
  process.exitCode = await main(args, manifest.version);
}
