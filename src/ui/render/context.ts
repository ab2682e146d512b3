import type {Lab, Language} from '../../lab/lab.ts';
import type {Variables} from '../../lab/variables.ts';
import type {Messages} from '../messages/messages.ts';
import type {Style} from '../style.ts';

/** What it takes to put an event of a lab's run into words. */
export interface TextContext {
  lab: Lab;
  language: Language;
  messages: Messages;
  style: Style;
  /** Columns; asked anew for every event, as a window may be resized. */
  width: () => number;
  /** Is there a line that counts down in place? */
  live: boolean;
  /** What ${names} stand for, now. */
  variables: () => Variables;
  /** Where the manifests were written. */
  directory: string;
  /** What another terminal asks for what it needs. */
  envCommand: string;
}
