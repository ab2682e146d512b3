import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Clock} from '../../engine/ports.ts';
import {unwritable} from '../../errors.ts';
import {canFetchKubectl} from '../../kube/can-fetch-kubectl.ts';
import {kubeconfigFile} from '../../kube/kubeconfig.ts';
import type {Inspector} from '../../preflight/ports.ts';
import {askDocker} from './docker.ts';
import {limitOfInotify, lookAtMachine, type MachineOptions} from './machine.ts';

export interface InspectorOptions extends Omit<MachineOptions, 'proc'> {
  proc?: string;
  clock: Clock;
  /** Where statelab's kubeconfigs lie. */
  stateDirectory: string;
  k3sImage: string | undefined;
}

/**
 * Looks at the machine that statelab runs on, at its Docker engine, and at the door of a cluster. What not every start
 * needs is only loaded when it is asked for.
 */
export function inspector({clock, stateDirectory, k3sImage, ...machine}: InspectorOptions): Inspector {
  const {env, platform, proc = '/proc'} = machine;
  return {
    docker: signal => askDocker(env, signal),
    machine: (docker, ports, signal) => lookAtMachine({...machine, proc}, docker, ports, signal),
    async server({provider, cluster}, signal) {
      const {lookAtServer} = await import('./server.ts');
      return lookAtServer(kubeconfigFile(stateDirectory, provider, cluster), clock, signal);
    },
    fetchable: canFetchKubectl({platform, arch: process.arch}),
    nodeImage: async () => k3sImage || (await import('../k3d/create.ts')).pinnedImage,
    async raiseInotify(instances) {
      const file = join(proc, limitOfInotify);
      await writeFile(file, `${instances}\n`).catch(error => {
        throw unwritable(file, error);
      });
    },
  };
}
