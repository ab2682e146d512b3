import type {SandboxClock} from '../clock.ts';
import type {Recorder} from '../events/recorder.ts';
import type {Network} from '../network/network.ts';
import type {NodeMachine} from '../node/machine.ts';
import type {Image} from '../programs/program.ts';
import type {Registry} from '../registry/registry.ts';

/** Looks up an image by the reference in a Pod; `missing` says why there is none, in the words of an image pull. */
export type FindImage = (reference: string) => Image | {missing: string};

/** What one node's kubelet works with. */
export interface KubeletContext {
  machine: NodeMachine;
  registry: Registry;
  clock: SandboxClock;
  recorder: Recorder;
  network: Network;
  images: FindImage;
  /** A bug in the kubelet or in a program: told, and the kubelet goes on. */
  report(error: unknown): void;
}
