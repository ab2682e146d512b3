import type {GlobalOptions} from '../commands/app.ts';
import type {Choice, Question, Report, View} from '../commands/view.ts';
import type {Clock} from '../engine/ports.ts';
import {ExpectedError, exitCodes} from '../errors.ts';
import type {Lab, Language} from '../lab/lab.ts';
import type {Outside} from '../outside.ts';
import {envCommand} from './env-command.ts';
import {jsonLine} from './json.ts';
import {jsonReport, jsonTask} from './json-view.ts';
import {type Messages, messagesIn, sayError} from './messages/messages.ts';
import {pathLines} from './render/lab-report.ts';
import {isYesByDefault, sayQuestion} from './render/question.ts';
import {reportLines} from './render/report.ts';
import {sayTask} from './render/task.ts';
import {textRenderer} from './render/text.ts';
import {styleFor} from './style.ts';
import {terminalLearner} from './terminal/learner.ts';
import {wrap} from './wrap.ts';

export interface ViewOptions {
  outside: Outside;
  options: Pick<GlobalOptions, 'json' | 'yes' | 'allowNodeOperations'>;
  language: Language;
  clock: Clock;
}

/** How the commands meet their user: lines of JSON, plain lines, or a terminal with colours and prompts. */
export function createView({outside, options, language, clock}: ViewOptions): View {
  const messages = messagesIn(language);
  const terminal = outside.stdout.isTTY === true && !options.json;
  const style = styleFor(terminal && !outside.env.NO_COLOR);
  const interactive = terminal && outside.stdin.isTTY === true;
  const command = envCommand(outside, options);
  const width = () => Math.min(outside.columns(), 100);
  const sentenceWidth = () => (terminal ? width() : Number.POSITIVE_INFINITY);
  const print = (lines: readonly string[]) =>
    void (lines.length > 0 && outside.stdout.write(`${lines.join('\n')}\n`));
  const json = (line: Record<string, unknown>) =>
    void outside.stdout.write(`${jsonLine({at: clock.now(), ...line})}\n`);

  return {
    run(lab, directory, variables) {
      if (options.json) return event => void outside.stdout.write(`${jsonLine(event)}\n`);
      const context = {lab, language, messages, style, width, variables, directory, envCommand: command};
      const render = textRenderer({...context, live: false});
      return event => print(render(event));
    },
    report(report: Report) {
      if (options.json) for (const line of jsonReport(report, language)) json(line);
      else {
        const lines = reportLines(report, {messages, style, language, width: sentenceWidth()});
        // What is said of the cluster is not what was asked for: a program that reads along does not want it.
        if (isRemark(report)) outside.stderr.write(`${lines.join('\n')}\n`);
        else print(lines);
      }
    },
    error(error) {
      const {what, next} = sayError(error, messages);
      const {code, exitCode} = error;
      if (options.json) json({type: 'error', code, message: what, next, exit: exitCode});
      else
        outside.stderr.write(
          `${wrap([what, next].filter(Boolean).join('\n'), sentenceWidth()).join('\n')}\n`,
        );
    },
    task: (task, run) =>
      options.json
        ? jsonTask(task, json, run)
        : interactive
          ? listTask(sayTask(task, messages, language), run)
          : plainTask(sayTask(task, messages, language), line => void outside.stderr.write(`${line}\n`), run),
    confirm: question =>
      confirm(question, {outside, yes: options.yes, interactive, messages, width: sentenceWidth()}),
    choose: (choices, path) => {
      if (interactive) print(pathLines(path, {messages, style, language, width: sentenceWidth()}));
      return choose(choices, {outside, interactive, messages, language});
    },
    learner: interactive
      ? terminalLearner({outside, envCommand: command, messages, language, style, width, clock})
      : undefined,
  };
}

const remarks: Report['type'][] = [
  ...(['provider-chosen', 'simulated', 'lab-chosen', 'lab-presupposes'] as const),
  ...(['preflight'] as const),
  ...([
    'restore-unseen',
    'restore-refused',
    'left-alone',
    'lab-busy',
    'nodes-left',
    'cluster-unfinished',
  ] as const),
];
const isRemark = ({type}: Report) => remarks.includes(type);

async function plainTask<T>(
  title: string,
  print: (line: string) => void,
  run: (progress: (line: string) => void) => Promise<T>,
): Promise<T> {
  print(`${title}…`);
  return run(line => print(`  ${line}`));
}

async function listTask<T>(title: string, run: (progress: (line: string) => void) => Promise<T>): Promise<T> {
  const {Listr} = await import('listr2');
  const results: T[] = [];
  const list = new Listr(
    [
      {
        title,
        task: async (_context, task) => {
          results.push(
            await run(line => {
              task.output = line;
            }),
          );
        },
      },
    ],
    // Ctrl-C is the signal's business, which the task was given.
    {
      registerSignalListeners: false,
      rendererOptions: {outputBar: 1, collapseErrors: false, showErrorMessage: false},
    } as object,
  );
  await list.run();
  return results[0] as T;
}

interface Asking {
  outside: Outside;
  yes: boolean;
  interactive: boolean;
  messages: Messages;
  width: number;
}

/** Columns that the prompt puts before the question. */
const promptMark = 2;

async function confirm(
  question: Question,
  {outside, yes, interactive, messages, width}: Asking,
): Promise<boolean> {
  if (yes) return true;
  const said = sayQuestion(question, messages);
  if (!interactive)
    throw new ExpectedError('needs-answer', {question: said, flag: '--yes'}, {exitCode: exitCodes.usage});
  const prompts = await import('@inquirer/prompts');
  const message = wrap(said, width - promptMark).join('\n');
  return asInterrupted(() =>
    prompts.confirm({message, default: isYesByDefault(question)}, {signal: outside.signal}),
  );
}

async function choose(
  choices: readonly Choice[],
  {outside, interactive, messages: {words}, language}: Omit<Asking, 'yes' | 'width'> & {language: Language},
): Promise<Choice> {
  if (!interactive)
    throw new ExpectedError(
      'needs-answer',
      {question: words.menu.ask, flag: 'statelab run <lab>'},
      {exitCode: exitCodes.usage},
    );
  const prompts = await import('@inquirer/prompts');
  const title = (lab: Lab) => lab.texts[language].title;
  const name = (choice: Choice) => {
    if (choice.type === 'go-on')
      return words.menu.goOn(
        title(choice.lab),
        choice.lab.texts[language].steps[choice.step]?.title ?? choice.step,
      );
    if (choice.type === 'start') {
      const {lab, reached, after} = choice;
      const remarks =
        reached === lab.steps.length
          ? [words.menu.done]
          : reached > 0
            ? [words.menu.of(reached, lab.steps.length)]
            : [
                words.menu.minutes(lab.minutes),
                ...(after.length > 0
                  ? [words.path.after(after.map(({id}) => id).join(words.path.comma))]
                  : []),
              ];
      return `${words.menu.start(title(lab))} (${remarks.join(words.path.comma)})`;
    }
    return words.menu[choice.type];
  };
  return asInterrupted(() =>
    prompts.select(
      {message: words.menu.ask, choices: choices.map(value => ({value, name: name(value)}))},
      {signal: outside.signal},
    ),
  );
}

/** Inquirer throws errors of its own at Ctrl-C and when the signal aborts; to us both are an interruption. */
export async function asInterrupted<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && ['ExitPromptError', 'AbortPromptError'].includes(error.name))
      throw new ExpectedError('interrupted', {}, {exitCode: exitCodes.interrupted, cause: error});
    throw error;
  }
}
