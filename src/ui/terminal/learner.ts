import type {Judgement} from '../../checks/judgement.ts';
import type {Conversation, Learner, Wish} from '../../commands/view.ts';
import type {EngineEvent} from '../../engine/events.ts';
import type {Clock} from '../../engine/ports.ts';
import {choiceOf} from '../../lab/choice.ts';
import {type Language, namespaceOf} from '../../lab/lab.ts';
import {lookUp} from '../../lab/variables.ts';
import type {Outside} from '../../outside.ts';
import {type Messages, sayRemark} from '../messages/messages.ts';
import type {TextContext} from '../render/context.ts';
import {countdownText, judgedLines} from '../render/judged.ts';
import {textRenderer} from '../render/text.ts';
import type {Style} from '../style.ts';
import {wrap} from '../wrap.ts';
import {completer, filesIn} from './complete.ts';
import {PromptConsole} from './console.ts';
import {type OwnWord, ownsScreen, readLine, type Typed} from './line.ts';
import {remarkOn} from './remarks.ts';
import {type Ran, runTyped} from './run-typed.ts';

export interface LearnerOptions {
  outside: Outside;
  messages: Messages;
  language: Language;
  style: Style;
  width: () => number;
  /** What another terminal asks for what it needs. */
  envCommand: string;
  clock: Clock;
}

/** The learner's prompt at a terminal: commands in, verdicts above it as they come. */
export function terminalLearner(options: LearnerOptions): Learner {
  const {outside, messages, style, width, clock} = options;
  const {words} = messages;
  let conversation: Conversation | undefined;
  const screen = new PromptConsole({
    input: outside.stdin,
    output: outside.stdout,
    width,
    columns: outside.columns,
    prompt: `${style.bold('statelab')}> `,
    complete: line => completer(line, conversation),
  });
  let judged: {judgement: Judgement; step: string} | undefined;
  let loading: string | undefined;
  let ticking: AbortController | undefined;
  let render: ((event: EngineEvent) => string[]) | undefined;
  const waiting: EngineEvent[] = [];

  const context = ({lab, directory, variables}: Conversation): TextContext => ({
    ...options,
    lab,
    directory,
    variables,
    live: true,
  });

  const show = (event: EngineEvent) => {
    if (!conversation || !render) return void waiting.push(event);
    if (event.type !== 'note' || event.note.code !== 'images-loading') screen.print(render(event));
    if (event.type === 'note')
      loading = event.note.code === 'images-loading' ? words.notes(event.note) : undefined;
    if (event.type === 'judged') judged = {judgement: event, step: event.step};
    if (event.type === 'step' || event.type === 'reached' || event.type === 'end') judged = undefined;
    tick();
  };

  /** Shows the countdown, and comes back every second as long as there is one. */
  const tick = () => {
    ticking?.abort();
    const text =
      judged &&
      conversation &&
      countdownText(judged.judgement, judged.step, clock.now(), context(conversation));
    const live = text ?? loading;
    screen.setLive(live ? style.dim(`⏳ ${live}`) : '');
    if (!text) return;
    ticking = new AbortController();
    clock.at(clock.now() + 1000, tick, ticking.signal);
  };

  const own = (word: OwnWord, rest: string, {send, step}: Conversation): Wish | undefined => {
    switch (word) {
      case 'help':
        screen.print(words.promptHelp.split('\n'));
        return undefined;
      case 'check':
      case 'status':
        if (judged && conversation)
          screen.print(
            word === 'check'
              ? judgedLines(judged.judgement, judged.step, context(conversation))
              : statusLines(step()),
          );
        send({type: 'acted'});
        return undefined;
      case 'answer':
        answer(rest);
        return undefined;
      case 'next':
      case 'skip':
      case 'hint':
        if (word === 'hint' && hintsOf(step()) === 0) screen.print([words.noHints]);
        else send({type: word});
        return undefined;
      case 'solve':
      case 'redo':
        return {type: word};
      case 'quit':
        return {type: 'quit'};
    }
  };

  const stepOf = (id: string | undefined) => conversation?.lab.steps.find(step => step.id === id);
  const hintsOf = (id: string | undefined) => stepOf(id)?.hints ?? 0;
  const statusLines = (id: string | undefined) => {
    const step = stepOf(id);
    const index = conversation?.lab.steps.findIndex(one => one.id === id) ?? 0;
    const title = conversation?.lab.texts[options.language].steps[id ?? '']?.title ?? '';
    return step && conversation
      ? [words.step(index + 1, conversation.lab.steps.length, words.stepKinds[step.type], title)]
      : [];
  };

  /** What is no option of a predict step is not taken for an answer. */
  const answer = (text: string) => {
    const options = stepOf(conversation?.step())?.options;
    if (options && choiceOf(options, text) === undefined) screen.print([words.chooseHere]);
    else conversation?.send({type: 'answered', answer: text});
  };

  const take = async (typed: Typed, talk: Conversation): Promise<Wish | undefined> => {
    if (typed.type === 'own') return own(typed.word, typed.rest, talk);
    if (typed.type === 'unknown') screen.print([words.unknownCommand(typed.word, typed.suggestion)]);
    if (typed.type === 'program' || typed.type === 'shell') {
      talk.send({type: 'acting', command: typed.line});
      const ran = await screen.handOver(ownsScreen(typed), () =>
        runTyped(typed, {outside, directory: talk.directory, env: talk.env, messages}),
      );
      if (typed.type === 'program' && typed.program === 'kubectl') remark(typed.args, ran, talk);
      talk.send({type: 'acted'});
    }
    return undefined;
  };

  /** What the API cannot show, the command itself may. */
  const remark = (args: readonly string[], ran: Ran, talk: Conversation) => {
    const client = lookUp('db.client', talk.variables());
    const said = remarkOn({
      args,
      ...ran,
      namespace: namespaceOf(talk.lab),
      kubeconfig: talk.env.KUBECONFIG,
      client: typeof client === 'string' ? client : undefined,
      files: filesIn(talk.directory),
    });
    if (said) screen.print(wrap(`${style.warn('!')} ${sayRemark(said, messages)}`, width()));
  };

  /** While an answer is waited for, what is no command is one; kubectl and statelab's own words are still themselves. */
  const read = (line: string): Typed => {
    const typed = readLine(line);
    const {mismatches = [], diagnosis} = judged?.judgement ?? {};
    const asks = diagnosis?.code === 'wrong-answer' || mismatches.some(({type}) => type === 'no-answer-yet');
    return asks && typed.type === 'unknown' ? {type: 'own', word: 'answer', rest: line.trim()} : typed;
  };

  return {
    show,
    async converse(talk) {
      if (conversation !== talk) {
        conversation = talk;
        render = textRenderer(context(talk));
        for (const event of waiting.splice(0)) show(event);
      }
      const over = talk.finished.then(() => 'finished' as const);
      for (;;) {
        const asked = await Promise.race([screen.ask(), over]);
        if (asked === 'finished') return undefined;
        if (asked.type === 'interrupt') return {type: 'interrupted'};
        if (asked.type === 'end') return {type: 'quit'};
        const wish = await take(read(asked.line), talk);
        if (wish) return wish;
      }
    },
    close() {
      ticking?.abort();
      screen.close();
    },
  };
}
