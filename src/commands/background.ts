import type {Emit} from '../engine/events.ts';
import type {StartedCommand} from './app.ts';

/** The commands of a walk that go on beside others, such as kubectl port-forward, until their step is left. */
export class Background {
  readonly #running = new Map<string, StartedCommand[]>();
  #ending: Promise<unknown> = Promise.resolve();

  /** Starts one for a step, when those that were ended before have let go of their ports. */
  async start(step: string, start: () => Promise<StartedCommand>): Promise<StartedCommand> {
    await this.#ending;
    const started = await start();
    this.#running.set(step, [...(this.#running.get(step) ?? []), started]);
    return started;
  }

  /** Ends those of a step, or all. Resolves when nothing is left of them. */
  end(step?: string): Promise<void> {
    const steps = step === undefined ? [...this.#running.keys()] : [step];
    const ended = steps.flatMap(one => this.#running.get(one) ?? []);
    for (const one of steps) this.#running.delete(one);
    const ending = Promise.all([this.#ending, ...ended.map(command => command.end())]);
    this.#ending = ending;
    return ending.then(() => {});
  }

  /** Hears of the end of steps. */
  readonly follow: Emit = event => {
    if (event.type === 'reached' || event.type === 'skipped') void this.end(event.step);
  };
}
