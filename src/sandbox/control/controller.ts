import type {SandboxClock} from '../clock.ts';
import type {Recorder} from '../events/recorder.ts';
import type {NodeMachines} from '../node/machine.ts';
import type {Registry} from '../registry/registry.ts';

export interface ControlContext {
  registry: Registry;
  clock: SandboxClock;
  recorder: Recorder;
  /** Where provisioners make and remove directories. */
  machines: NodeMachines;
  /** Ends every controller. */
  signal: AbortSignal;
  /** A bug in a controller: told, and the controller goes on with the next object. */
  report(error: unknown): void;
}

/** Starts to watch and act, until the context's signal aborts. */
export type Controller = (context: ControlContext) => void;
