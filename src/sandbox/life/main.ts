import {enableCompileCache, flushCompileCache} from 'node:module';
import {StateFileError} from '../registry/state-file-error.ts';
import {sandboxFiles} from './files.ts';
import type {LaunchMessage} from './launch.ts';

/** The process that serves one sandbox: its directory is the only argument. */
const [directory = ''] = process.argv.slice(2);
const ending = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  process.once(signal, () => ending.abort(new Error(signal)));

const tell = (message: LaunchMessage) => {
  // Whoever started it may be gone already.
  if (process.connected) process.send?.(message);
};

try {
  enableCompileCache();
  const {serve} = await import('./serve.ts');
  const serving = {
    ready() {
      tell({type: 'ready'});
      // Node.js does it at the end, which for most of these processes is a power cut.
      flushCompileCache();
    },
    shutdown: () => ending.abort(),
    report: (error: unknown) => void process.stderr.write(`${(error as Error).stack ?? error}\n`),
  };
  await serve(directory, serving, ending.signal);
  process.exitCode = 0;
} catch (error) {
  const {message, stack} = error as Error;
  const busy = error instanceof StateFileError && error.inUse;
  if (!busy) process.stderr.write(`${stack ?? message}\n`);
  tell(busy ? {type: 'busy'} : {type: 'failed', message: `${message} (${sandboxFiles(directory).log})`});
  process.exitCode = 1;
} finally {
  if (process.connected) process.disconnect?.();
}
