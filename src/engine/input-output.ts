import type {WorldChange} from '../world/change.ts';
import type {Millis} from '../world/object.ts';
import type {EngineEvent} from './events.ts';
import type {JournalEntry} from './journal.ts';
import type {LookOutput, LookResult} from './looker.ts';

/** What reaches the run from outside. */
export type Input =
  | {type: 'world'; change: WorldChange}
  | ({type: 'looked'} & LookResult)
  | {type: 'answered'; answer: string}
  /** Answer in the learner's place, with what is right. */
  | {type: 'answer-for-learner'}
  /** The learner has looked, and goes on. */
  | {type: 'next'}
  | {type: 'skip'}
  | {type: 'hint'}
  /** From here on statelab acts in the learner's place. */
  | {type: 'solving'}
  /** A command has ended: what leaves no trace in a watch may be so now. */
  | {type: 'acted'}
  /** The lab's images are on their way to the nodes: that one is not there yet is no news. */
  | {type: 'images'; loading: boolean}
  | {type: 'time'};

/** What the run wants done. */
export type Output =
  | {type: 'event'; event: EngineEvent}
  | {type: 'record'; entry: JournalEntry}
  | {type: 'wake'; at: Millis}
  | LookOutput;
