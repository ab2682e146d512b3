import type {SandboxClock} from '../../../clock.ts';
import type {Flavour} from '../flavour.ts';
import type {DataDirectory} from '../server/data-directory.ts';
import type {Session} from './session.ts';
import type {Store} from './store.ts';

/** What all sessions of one server share. */
export interface ServerState {
  flavour: Flavour;
  clock: SandboxClock;
  directory: DataDirectory;
  store: Store;
  hostname: string;
  /** The databases' names, as they were when the last statement began. */
  databases: readonly string[];
  /** Global system variables. */
  variables: Map<string, string>;
  /** By connection id. */
  sessions: Map<number, Session>;
  startedAt: number;
  /** Statements so far, for the status. */
  questions: number;
  nextConnection: number;
  /** Asks for an orderly end. @param by user[user] @ host */
  shutdown(by: string): void;
}

/** Seconds since the start. */
export const uptime = ({clock, startedAt}: ServerState) => Math.floor(clock.since(startedAt) / 1000);
