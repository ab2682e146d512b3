import type {EngineEvent} from '../../engine/events.ts';
import type {StepText} from '../../lab/lab.ts';
import {fillIn, type Variables} from '../../lab/variables.ts';
import type {Millis} from '../../world/object.ts';
import {renderMarkdown} from '../markdown.ts';
import type {Words} from '../messages/sentences.ts';
import {wrap} from '../wrap.ts';
import type {TextContext} from './context.ts';
import {isUnderWay, milestoneName, newsOf} from './judged.ts';

/** Says events in lines of text, for a terminal or a log. It remembers what it said, so as not to repeat it. */
export function textRenderer(context: TextContext): (event: EngineEvent) => string[] {
  const {messages, style} = context;
  const {words} = messages;
  let last = '';
  let fresh = false;
  let loading = false;
  let outage: Variables = {};
  let answer: string | undefined;
  const told = new Map<string, string>();

  return event => {
    const text =
      'step' in event && event.step !== undefined
        ? context.lab.texts[context.language].steps[event.step]
        : undefined;
    switch (event.type) {
      case 'lab':
        return intro(event, context);
      case 'step':
        fresh = true;
        last = '';
        outage = {};
        return text ? stepLines(event, text, context) : [];
      case 'milestone': {
        const said = words.milestone(milestoneName(event.milestone, text), event.object);
        const line = `${style.good('✓')} ${style.dim(clock(event.seenAt))} ${said}`;
        return wrap(line, context.width()).map((part, index) => (index === 0 ? part : `  ${part}`));
      }
      case 'judged': {
        const {key, lines} = newsOf(event, event.step, event.at, context);
        const isRepeated =
          event.diagnosis?.code === 'wrong-answer' && event.diagnosis.facts.answer === answer;
        // What was so when the step began is the learner's to change; they have just read what is to be done.
        const isOpening = fresh && (event.todo || event.diagnosis === undefined);
        const silent = key === last || isRepeated || isOpening;
        fresh = fresh && isUnderWay(event);
        last = key;
        return silent ? [] : lines;
      }
      case 'pod':
        return podLines(event, context, told);
      case 'answered':
        if (event.wanted !== undefined)
          return wrap(words.predicted(optionText(text, event.answer)), context.width());
        answer = event.answer;
        return [
          event.right
            ? style.good(words.rightAnswer(event.answer))
            : style.bad(words.wrongAnswer(event.answer)),
        ];
      case 'hint':
        return [
          '',
          style.bold(words.hint(event.hint, event.of)),
          ...markdown(text?.hints[event.hint - 1] ?? '', context),
          '',
        ];
      case 'ran':
        return [style.code(`$ ${event.command}`), ...event.output.trimEnd().split('\n').filter(Boolean)];
      case 'outage':
        outage = {outage: event.seconds};
        return wrap(words.outage(event.seconds, event.speed), context.width());
      case 'reached':
        return [
          style.good(`✓ ${words.reached}`),
          ...(text?.after ? ['', ...markdown(text.after, context, outage)] : []),
        ];
      case 'compared':
        return ['', ...wrap(comparison(event, text, words), context.width())];
      case 'skipped':
        return skippedLines(event, context);
      case 'rewound':
        last = '';
        return [style.warn(words.rewound)];
      case 'note':
        if (event.note.code === 'images-loading') {
          if (loading) return [];
          loading = true;
        }
        return wrap(words.notes(event.note), context.width()).map(style.dim);
      case 'end': {
        const {debrief} = context.lab.texts[context.language];
        const through = event.reached + event.skipped === event.total;
        return [
          '',
          ...(through && debrief ? [...markdown(debrief, context), ''] : []),
          words.end(event.reached, event.skipped, event.total),
          ...(through
            ? []
            : wrap(
                words.quit(context.lab.id, nextTitle(event.reached + event.skipped, context)),
                context.width(),
              )),
        ];
      }
    }
  };
}

function intro(event: Extract<EngineEvent, {type: 'lab'}>, context: TextContext): string[] {
  const {style, lab, language, directory, envCommand, messages} = context;
  const {title, intro, steps} = lab.texts[language];
  const {words} = messages;
  const resumed =
    event.resumedAt === undefined
      ? []
      : ['', style.bold(words.resumed(steps[event.resumedAt]?.title ?? event.resumedAt))];
  return [
    style.title(title),
    '',
    ...(event.resumedAt === undefined ? [...markdown(intro, context), ''] : []),
    ...[
      words.where(event.provider, event.cluster, event.namespace),
      words.folder(directory),
      words.secondTerminal(`eval "$(${envCommand})"`),
    ].flatMap(line => wrap(line, context.width()).map(style.dim)),
    ...resumed,
  ];
}

function stepLines(
  event: Extract<EngineEvent, {type: 'step'}>,
  text: StepText,
  context: TextContext,
): string[] {
  const {style, messages} = context;
  const {words} = messages;
  const step = context.lab.steps.find(({id}) => id === event.step);
  const options = (step?.options ?? []).flatMap((id, index) =>
    wrap(optionText(text, id), context.width() - 5).map(
      (line, at) => (at === 0 ? `  ${index + 1}. ` : '     ') + line,
    ),
  );
  const command =
    event.command === undefined
      ? []
      : [
          '',
          words.typeThis,
          '',
          ...commandLines(event.command, context).map(line => `    ${style.code(line)}`),
        ];
  return [
    '',
    style.bold(
      wrap(
        words.step(event.index, event.total, words.stepKinds[event.kind], text.title),
        context.width(),
      ).join('\n'),
    ),
    '',
    ...markdown(text.body, context),
    ...command,
    ...(text.question ? ['', ...markdown(text.question, context)] : []),
    ...(options.length > 0 ? ['', ...options] : []),
    ...(event.kind === 'look' ? ['', ...wrap(words.thenNext, context.width())] : []),
    ...(event.kind === 'predict' ? ['', ...wrap(words.chooseHere, context.width())] : []),
    ...(event.kind === 'find' ? ['', ...wrap(words.answerHere, context.width())] : []),
    '',
  ];
}

/** One that the learner skips was shown already; of one that is not for this cluster only the title is. */
function skippedLines(
  {step, why}: Extract<EngineEvent, {type: 'skipped'}>,
  {lab, language, messages: {words}, style, width}: TextContext,
): string[] {
  const said = wrap(words.skipped[why], width()).map(style.dim);
  if (why === 'learner') return said;
  const index = lab.steps.findIndex(({id}) => id === step);
  const kind = lab.steps[index]?.type ?? 'do';
  const title = lab.texts[language].steps[step]?.title ?? step;
  const heading = words.step(index + 1, lab.steps.length, words.stepKinds[kind], title);
  return ['', ...wrap(heading, width()).map(style.bold), '', ...said];
}

function comparison(
  {answer, wanted, right}: Extract<EngineEvent, {type: 'compared'}>,
  text: StepText | undefined,
  words: Words,
): string {
  return right
    ? words.predictionRight(optionText(text, answer))
    : words.predictionWrong(optionText(text, answer), optionText(text, wanted));
}

/** One Pod's new state with the time since it was first seen; under the Pod's name where a line is too short for both. */
function podLines(
  {node = '', ...event}: Extract<EngineEvent, {type: 'pod'}>,
  {messages: {words}, style, width}: TextContext,
  told: Map<string, string>,
): string[] {
  const news = node !== '' && told.get(event.pod) !== node ? {node} : {};
  told.set(event.pod, node);
  const status = event.status === 'Gone' ? words.gone : event.status;
  const bad = ['Error', 'CrashLoopBackOff'].includes(event.status);
  const colour = event.ready ? style.good : bad ? style.bad : style.warn;
  const [first = '', ...rest] = wrap(
    `${style.dim(`${clock(event.at)} +${duration(event.age)}`)}  ${words.podLine(event.pod, colour(status), {...event, ...news})}`,
    width(),
  );
  return [first, ...rest.map(line => `${' '.repeat(16)}${line.trimStart()}`)];
}

const commandLines = (command: string, {variables}: TextContext) => fillIn(command, variables()).split('\n');

const nextTitle = (done: number, {lab, language}: TextContext) => {
  const id = lab.steps[done]?.id ?? '';
  return lab.texts[language].steps[id]?.title ?? id;
};

const optionText = (text: StepText | undefined, id: string) =>
  (text?.options[id] ?? id).replace(/\s*\n\s*/g, ' ');

const markdown = (text: string, {variables, width, style}: TextContext, more: Variables = {}) =>
  renderMarkdown(fillIn(text, {...variables(), ...more}), width(), style);

/** 12:03:59, in the learner's own time zone. */
const clock = (at: Millis) => new Date(at).toLocaleTimeString('en-GB');

/** 0:31, 12:05. */
const duration = (millis: Millis) => {
  const seconds = Math.round(millis / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};
