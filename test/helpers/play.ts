import {PassThrough} from 'node:stream';
import {fileURLToPath} from 'node:url';
import {createApp} from '../../src/app.ts';
import type {Judgement} from '../../src/checks/judgement.ts';
import {isLeaving} from '../../src/checks/rules/rule.ts';
import type {App, GlobalOptions} from '../../src/commands/app.ts';
import {Background} from '../../src/commands/background.ts';
import {fastForward} from '../../src/commands/fast-forward.ts';
import {openSession, recordPlace, type Session, startRun} from '../../src/commands/session.ts';
import {type Doing, runLine, solveStep} from '../../src/commands/solve-step.ts';
import type {Drive} from '../../src/engine/drive.ts';
import type {EngineEvent} from '../../src/engine/events.ts';
import type {Journal} from '../../src/engine/journal.ts';
import {whySkipped} from '../../src/engine/needs.ts';
import {imagesOf} from '../../src/engine/place.ts';
import type {Run} from '../../src/engine/run.ts';
import {type Lab, stepOf} from '../../src/lab/lab.ts';
import type {Step} from '../../src/lab/schema.ts';
import type {WorldChange} from '../../src/world/change.ts';
import type {KubeObject} from '../../src/world/object.ts';
import {kubectl} from './k3d.ts';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

/** The app as the command line makes it, in this process, with nobody at the terminal. */
export function silentApp(env: NodeJS.ProcessEnv, where: Partial<GlobalOptions>): App {
  const nowhere = () => new PassThrough().resume();
  const outside = {
    stdin: nowhere(),
    stdout: nowhere(),
    stderr: nowhere(),
    columns: () => 80,
    env,
    home: env.HOME ?? '',
    platform: process.platform,
    signal: new AbortController().signal,
    whileAnother: <T>(run: () => Promise<T>) => run(),
    self: [process.execPath, cli],
  };
  return createApp(outside, {json: false, yes: true, ...where}, 'en');
}

/** Longer than anything a lab waits for; only what hangs comes so far. In milliseconds. */
const patience = 240_000;

/**
 * Somebody who plays a lab through the engine: types commands, answers, and waits for what is said. Steps are
 * played in their order; where one is to be played out of turn, the lab is fast-forwarded to it.
 */
export class Play {
  readonly #lab: Lab;
  readonly #journal: Journal;
  readonly #events: EngineEvent[] = [];
  readonly #background = new Background();
  readonly #waiting = new Set<() => void>();
  #session: Session;
  #run: Run;
  #driving: Drive;
  /** Whatever was played last went wrong, so that nobody knows where the lab is. */
  #lost = false;

  static async begin(app: App, lab: Lab): Promise<Play> {
    const session = await openSession(app, lab, {create: true});
    const images = Object.values(imagesOf(lab, session.place.database));
    await session.cluster.loadImages(images, () => {}, app.outside.signal);
    const journal = app.journals.open(lab.id);
    await recordPlace(session, journal);
    return new Play(lab, session, journal);
  }

  private constructor(lab: Lab, session: Session, journal: Journal) {
    this.#lab = lab;
    this.#journal = journal;
    this.#session = session;
    ({run: this.#run, driving: this.#driving} = this.#start());
  }

  get session(): Session {
    return this.#session;
  }

  get judgement(): Judgement | undefined {
    return this.#run.judgement;
  }

  /** The UIDs of the lab's Pods that are on their way out. */
  get leaving(): string[] {
    const pods = this.#run.world.objects('pods').filter(isLeaving);
    return pods.map(({metadata}) => metadata.uid);
  }

  /** Why it is skipped on this cluster; undefined where it is not. */
  whySkipped = (step: Step) => whySkipped(step, this.#session.capabilities);

  /** Goes to a step: by itself the lab is there already, unless what was to be played before was not. */
  async at(step: Step): Promise<void> {
    if (this.#lost || this.#run.step?.id !== step.id) await this.goTo(step);
    // What a probe hears belongs to it: the judgement that a wrong way has to come back to has heard it.
    const isJudged = () => this.judgement !== undefined && !this.#run.looking;
    await this.until(isJudged, `a first judgement of ${step.id}`);
  }

  /** Sets the lab back and brings it to the step again. */
  async goTo(step: Step): Promise<void> {
    await this.#background.end();
    await this.#driving.stop();
    this.#session = await fastForward(this.#session, this.#journal, step.id);
    ({run: this.#run, driving: this.#driving} = this.#start());
    await this.until(() => this.#run.step?.id === step.id && this.judgement !== undefined, `step ${step.id}`);
    this.#lost = false;
  }

  /** Plays something; when it throws, the next step is set up anew. */
  async playing<T>(play: () => Promise<T>): Promise<T> {
    const before = this.#lost;
    this.#lost = true;
    const result = await play();
    this.#lost = before;
    return result;
  }

  /** Types commands, and waits until all that they changed was seen. */
  async type(step: Step, commands: readonly string[]): Promise<void> {
    for (const line of commands) {
      await runLine(this.#doing(), step.id, line);
      this.#driving.send({type: 'acted'});
    }
    await this.#seen();
  }

  answer(answer: string): void {
    this.#driving.send({type: 'answered', answer});
  }

  solve(step: Step): Promise<void> {
    return solveStep(this.#doing(), stepOf(this.#session.lab, step.id) ?? step);
  }

  /** Ends what was left running beside. */
  endBackground(): Promise<void> {
    return this.#background.end();
  }

  /** What happened from now on. */
  record(): () => EngineEvent[] {
    const from = this.#events.length;
    return () => this.#events.slice(from);
  }

  /** Waits until something is so; it is asked at every event and every change that is seen. */
  until(isSo: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        this.#waiting.delete(look);
        clearTimeout(alarm);
        end();
      };
      const look = () => {
        try {
          if (isSo()) settle(resolve);
        } catch (error) {
          settle(() => reject(error));
        }
      };
      const inVain = (why: string) =>
        settle(() => reject(new Error(`no ${what}; ${why}; judged now: ${JSON.stringify(this.judgement)}`)));
      const alarm = setTimeout(() => inVain('it does not come'), patience);
      this.#waiting.add(look);
      look();
      this.#driving.finished.catch(error => inVain(`the run has ended with ${error}`));
    });
  }

  /** Plays no more; the cluster can still be asked. */
  async stop(): Promise<void> {
    await this.#background.end();
    await this.#driving.stop();
    this.#journal.close();
  }

  #doing(): Doing {
    const {send} = this.#driving;
    const signal = AbortSignal.timeout(patience);
    const [session, run, emit, background] = [this.#session, this.#run, this.#tell, this.#background];
    return {session, run, send, emit, background, signal};
  }

  #start() {
    const {cluster} = this.#session;
    const heard = () => {
      for (const look of this.#waiting) look();
    };
    const watch = {
      watch: (...[targets, tell, signal]: Parameters<typeof cluster.watch.watch>) =>
        cluster.watch.watch(
          targets,
          (change: WorldChange) => {
            tell(change);
            heard();
          },
          signal,
        ),
    };
    const probes = {
      look: (...look: Parameters<typeof cluster.probes.look>) =>
        cluster.probes.look(...look).finally(() => setImmediate(heard)),
    };
    return startRun({...this.#session, cluster: {...cluster, watch, probes}}, this.#journal, this.#tell);
  }

  #tell = (event: EngineEvent): void => {
    this.#background.follow(event);
    this.#events.push(event);
    // The run's own state is complete only when it has handed out all its events.
    queueMicrotask(() => {
      for (const look of this.#waiting) look();
    });
  };

  /** Waits until the run has seen all that the API can show by now. */
  async #seen(): Promise<void> {
    const {cluster, namespace} = this.#session;
    const {world} = this.#run;
    const known = this.#lab.watches.flatMap(kind => world.objects(kind));
    const kinds = this.#lab.watches.join(',');
    const answer = await kubectl(cluster.kubeconfig, 'get', kinds, '-n', namespace, '-o', 'json');
    const there = (JSON.parse(answer) as {items: KubeObject[]}).items;
    const uids = new Set(there.map(({metadata}) => metadata.uid));
    const deleted = known.filter(({metadata}) => metadata.namespace === namespace && !uids.has(metadata.uid));
    const isSeen = (object: KubeObject) =>
      world.track(object.metadata.uid)?.versions.some(seen => seen.object && age(seen.object) >= age(object));
    const isGone = ({metadata: {uid}}: KubeObject) => world.track(uid)?.versions.at(-1)?.object === undefined;
    await this.until(() => there.every(isSeen) && deleted.every(isGone), 'sight of all that was done');
  }
}

const age = ({metadata: {resourceVersion}}: KubeObject) => Number(resourceVersion);
