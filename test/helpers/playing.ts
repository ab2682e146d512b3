import type {EngineEvent} from '../../src/engine/events.ts';
import type {Input, Output} from '../../src/engine/input-output.ts';
import type {JournalEntry} from '../../src/engine/journal.ts';
import {progressOf} from '../../src/engine/progress.ts';
import {Run} from '../../src/engine/run.ts';
import type {Lab} from '../../src/lab/lab.ts';
import type {Capabilities} from '../../src/lab/needs.ts';
import type {Variables} from '../../src/lab/variables.ts';
import type {WatchTarget, WorldChange} from '../../src/world/change.ts';
import {namespace} from './objects.ts';
import {emptyStart, everyTarget, type Happening} from './script.ts';

export interface PlayOptions {
  entries?: JournalEntry[];
  cluster?: Partial<Capabilities>;
  variables?: Variables;
  watched?: WatchTarget[];
  speed?: number;
}

/** A cluster with all that labs may need. */
export const ordinaryCluster: Capabilities = {
  workers: 2,
  hostPath: true,
  sharedDirectory: '/lab-shared',
  nodeOperations: true,
  nodeChanges: true,
  persistentVolumes: true,
  defaultClass: {
    name: 'local-path',
    provisioner: 'rancher.io/local-path',
    bindingMode: 'WaitForFirstConsumer',
    volumes: 'pinned',
  },
};

/** A run that a test plays: what happens goes in with its time in seconds, all that comes out is kept. */
export class Play {
  readonly outputs: Output[] = [];
  readonly run: Run;
  #now = 0;

  constructor(
    lab: Lab,
    {entries = [], cluster = {}, variables = {}, watched = everyTarget, speed = 1}: PlayOptions = {},
  ) {
    const capabilities = {...ordinaryCluster, ...cluster};
    this.run = new Run({
      lab,
      namespace,
      watched,
      variables,
      capabilities,
      progress: progressOf(lab, entries),
      speed,
    });
  }

  /** A world that is empty at 0, but for what is there already. */
  static started(lab: Lab, {there = [], ...options}: PlayOptions & {there?: Happening[]} = {}): Play {
    const play = new Play(lab, options);
    const start = emptyStart();
    for (const change of start.slice(0, -1)) play.send({type: 'world', change});
    play.at(0, ...there);
    for (const change of start.slice(-1)) play.send({type: 'world', change});
    return play;
  }

  /** @returns what came out of these */
  at(seconds: number, ...happenings: (Happening | Input)[]): Output[] {
    this.#now = seconds * 1000;
    return happenings.flatMap(one =>
      'watch' in one
        ? this.send({type: 'world', change: {...one, at: this.#now} as WorldChange})
        : this.send(one as Input),
    );
  }

  send(input: Input): Output[] {
    const outputs = this.run.handle(input, this.#now);
    this.outputs.push(...outputs);
    return outputs;
  }

  get events(): EngineEvent[] {
    return eventsIn(this.outputs);
  }

  get entries(): JournalEntry[] {
    return this.outputs.flatMap(output => (output.type === 'record' ? output.entry : []));
  }

  /** The look that was asked for last. */
  get look() {
    return this.outputs.findLast(output => output.type === 'look');
  }

  get verdict() {
    return this.run.judgement?.verdict;
  }
}

export const eventsIn = (outputs: readonly Output[]): EngineEvent[] =>
  outputs.flatMap(output => (output.type === 'event' ? output.event : []));

/** "step one", "milestone ready", "judged off-track": events in short. */
export const inShort = (events: readonly EngineEvent[]): string[] =>
  events.map(event => {
    if (event.type === 'milestone') return `milestone ${event.milestone}`;
    if (event.type === 'judged') return `judged ${event.verdict}`;
    if (event.type === 'pod') return `pod ${event.pod} ${event.status}`;
    if (event.type === 'answered') return `answered ${event.step}: ${event.answer}`;
    return 'step' in event && event.step ? `${event.type} ${event.step}` : event.type;
  });
