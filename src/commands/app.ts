import type {Bundles} from '../engine/bundle.ts';
import type {Journals} from '../engine/journal.ts';
import type {Clock, Provider, ProviderId} from '../engine/ports.ts';
import type {DatabaseId} from '../lab/databases.ts';
import type {Lab} from '../lab/lab.ts';
import type {Outside} from '../outside.ts';
import type {Inspector} from '../preflight/ports.ts';
import type {View} from './view.ts';

/** The options that every command takes. */
export interface GlobalOptions {
  json: boolean;
  yes: boolean;
  provider?: ProviderId;
  /** Name of statelab's own cluster, without it `statelab`. */
  cluster?: string;
  context?: string;
  /** On a cluster that others use too: nodes and PersistentVolumes may be changed. */
  allowNodeOperations?: boolean;
  k3sImage?: string;
  /** How many times faster a new sandbox goes. */
  speed?: number;
  /** For labs that are begun now. */
  database?: DatabaseId;
}

/** A command that goes on. */
export interface StartedCommand {
  /** 0, unless it ended before it had said anything: then it failed. */
  exitCode: number;
  /** What it said so far. */
  output: string;
  /** Ends it; resolves when it has ended, also when it had long before. */
  end(): Promise<void>;
}

/** Runs programs for the lab, in the lab's directory and with its kubeconfig. */
export interface Commands {
  /** A kubectl or statelab command; what it says comes back. */
  capture(
    argv: readonly string[],
    where: {cwd: string; env: Record<string, string>},
    signal: AbortSignal,
  ): Promise<{exitCode: number; output: string}>;
  /** The same for one that goes on by itself, as soon as it does. */
  start(
    argv: readonly string[],
    where: {cwd: string; env: Record<string, string>},
    signal: AbortSignal,
  ): Promise<StartedCommand>;
  /** @throws ExpectedError `program-missing`, `kubectl-broken` when it does not run */
  kubectlVersion(signal: AbortSignal): Promise<string>;
  /** Brings kubectl to a machine that has none. @throws ExpectedError `program-missing`, `kubectl-unfetched` */
  fetchKubectl(signal: AbortSignal): Promise<void>;
  /** The directory of a kubectl that was fetched; undefined where there is none. */
  fetchedKubectl(): string | undefined;
  /** @throws ExpectedError `kubectl-skew` */
  checkSkew(client: string, server: string, oldest: string | undefined): Promise<void>;
}

/** All that commands work with; src/app.ts puts it together. */
export interface App {
  outside: Outside;
  options: GlobalOptions;
  clock: Clock;
  view: View;
  journals: Journals;
  commands: Commands;
  labs: {ids(): string[]; get(id: string): Lab; loadFrom(folder: string): Lab};
  provider(id: ProviderId): Promise<Provider>;
  /** The lab's manifests: where they are, what writes them there (those that the learner changed stay), what takes them away. */
  work: {
    directory(lab: string): string;
    write(lab: string, files: Record<string, string>): void;
    clear(lab: string): void;
  };
  setNamespace(kubeconfig: string, namespace: string): Promise<void>;
  bundles(): Promise<Bundles>;
  inspector(): Promise<Inspector>;
}
