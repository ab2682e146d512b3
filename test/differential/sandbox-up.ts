import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {writeConfig} from '../../src/sandbox/life/files.ts';
import {launch} from '../../src/sandbox/life/launch.ts';
import {removeSandbox} from '../../src/sandbox/life/remove.ts';

/** A sandbox with two agents in a directory that goes with it. */
export interface SandboxUp {
  kubeconfig: string;
  remove(): Promise<void>;
}

export async function sandboxUp(): Promise<SandboxUp> {
  const directory = await mkdtemp(join(tmpdir(), 'sandbox-'));
  const {signal} = new AbortController();
  await writeConfig(directory, {name: 'lab', agents: 2, speed: 1, storage: 'local-path'});
  const client = await launch(directory, signal);
  const kubeconfig = join(directory, 'kubeconfig');
  await writeFile(kubeconfig, client.kubeconfig, {mode: 0o600});
  return {
    kubeconfig,
    async remove() {
      await removeSandbox(directory, signal);
      await rm(directory, {recursive: true, force: true});
    },
  };
}
