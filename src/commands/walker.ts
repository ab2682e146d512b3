import type {Drive} from '../engine/drive.ts';
import type {Emit} from '../engine/events.ts';
import type {Run} from '../engine/run.ts';
import type {Background} from './background.ts';
import type {Session} from './session.ts';

/** A run under way, for those who walk it: a learner at a prompt, or statelab alone. */
export interface Walker {
  session: Session;
  run: Run;
  driving: Drive;
  emit: Emit;
  /** What goes on beside: ended with its step, and with the walk. */
  background: Background;
  /** Resolves when the images are on the nodes, or could not be brought there. */
  images: Promise<void>;
  listen: (listener: Emit) => void;
}
