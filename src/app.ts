import {existsSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {type BundleSettings, readSettings} from './bundle/settings.ts';
import {realClock} from './clock.ts';
import type {App, GlobalOptions} from './commands/app.ts';
import type {ProviderId} from './engine/ports.ts';
import {getLab, labIds, loadLabFrom} from './lab/catalog.ts';
import {databases} from './lab/databases.ts';
import type {Language} from './lab/lab.ts';
import type {Outside} from './outside.ts';
import {fileJournals} from './progress/journal.ts';
import {placesOf} from './progress/paths.ts';
import {workFolder} from './progress/work.ts';
import {createView} from './ui/view.ts';

/** Wires the adapters to the ports. What talks to a cluster is only imported when a command gets that far. */
export function createApp(given: Outside, options: GlobalOptions, language: Language): App {
  const {home, platform} = given;
  const places = placesOf(given.env);
  // Behind the learner's own: a kubectl that had to be fetched is only for those who have none.
  const carried = readSettings(places.bundle);
  const env = {
    ...(carried ? fromBundle(carried) : {}),
    ...given.env,
    PATH: [given.env.PATH, places.programs, given.ownDirectory].filter(Boolean).join(delimiter),
  };
  const outside = {...given, env};
  const clock = realClock;
  return {
    outside,
    options,
    clock,
    view: createView({outside, options, language, clock}),
    journals: fileJournals(places.journals),
    labs: {ids: () => labIds(), get: id => getLab(id), loadFrom: folder => loadLabFrom(folder)},
    work: workFolder(places.work),
    commands: {
      async capture(argv, {cwd, env: more}, signal) {
        const {captureCommand} = await import('./kube/command.ts');
        return captureCommand(withSelf(argv, outside), {cwd, env: {...env, ...more}}, signal);
      },
      async start(argv, {cwd, env: more}, signal) {
        const {startCommand} = await import('./kube/command.ts');
        return startCommand(withSelf(argv, outside), {cwd, env: {...env, ...more}}, signal);
      },
      async kubectlVersion(signal) {
        const {kubectlVersion} = await import('./kube/kubectl.ts');
        return kubectlVersion(env, signal);
      },
      async fetchKubectl(signal) {
        const {fetchKubectl} = await import('./kube/fetch-kubectl.ts');
        await fetchKubectl(places.programs, {platform, arch: process.arch}, env, signal);
      },
      fetchedKubectl: () => (existsSync(join(places.programs, 'kubectl')) ? places.programs : undefined),
      async checkSkew(client, server, oldest) {
        const {checkSkew} = await import('./kube/kubectl.ts');
        checkSkew(client, server, oldest);
      },
    },
    async setNamespace(kubeconfig, namespace) {
      const {setCurrentNamespace} = await import('./kube/kubeconfig.ts');
      await setCurrentNamespace(kubeconfig, namespace);
    },
    async bundles() {
      const {bundles} = await import('./bundle/bundles.ts');
      const {kubeconfigs: stateDirectory, programs, bundle: settings} = places;
      return bundles({
        ...{env, clock, stateDirectory, terminal: false},
        ...{platform, arch: process.arch, programs, settings},
      });
    },
    async inspector() {
      const {inspector} = await import('./cluster/preflight/index.ts');
      return inspector({
        ...{env, platform, clock, home: places.journals, stateDirectory: places.kubeconfigs},
        k3sImage: options.k3sImage ?? env.STATELAB_K3S_IMAGE, // that of a loaded bundle too
      });
    },
    async provider(id: ProviderId) {
      const stateDirectory = places.kubeconfigs;
      if (id === 'k3d') {
        const {k3dProvider} = await import('./cluster/k3d/index.ts');
        return k3dProvider({
          env,
          clock,
          stateDirectory,
          terminal: outside.stdin.isTTY === true,
          ...(carried ? {systemImages: carried.systemImages} : {}),
        });
      }
      if (id === 'minikube') {
        const {minikubeProvider} = await import('./cluster/minikube/index.ts');
        return minikubeProvider({env, clock, stateDirectory, terminal: outside.stdin.isTTY === true});
      }
      if (id === 'sandbox') {
        const {sandboxProvider} = await import('./cluster/sandbox/index.ts');
        return sandboxProvider({env, clock, stateDirectory, streams: outside, root: places.sandboxes});
      }
      const {contextProvider} = await import('./cluster/context/index.ts');
      // The one image that such a cluster has or will have anyway.
      const {image: helperImage} = databases[options.database ?? 'mariadb'];
      return contextProvider({
        ...{env, clock, home, stateDirectory, helperImage},
        consented: options.allowNodeOperations === true,
        terminal: outside.stdin.isTTY === true,
      });
    },
  };
}

/** The environment that a loaded bundle gives to whoever has said nothing else. */
const fromBundle = ({k3sImage, toolsImage}: BundleSettings) => ({
  STATELAB_K3S_IMAGE: k3sImage,
  K3D_IMAGE_TOOLS: toolsImage,
});

/** A lab's `statelab` is this very program. */
const withSelf = ([program = '', ...args]: readonly string[], {self}: Outside): string[] =>
  program === 'statelab' ? [...self, ...args] : [program, ...args];
