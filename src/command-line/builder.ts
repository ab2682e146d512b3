import {Command} from 'commander';
import {closest, distance} from 'fastest-levenshtein';
import {createApp} from '../app.ts';
import type {App} from '../commands/app.ts';
import {ExpectedError, exitCodes} from '../errors.ts';
import type {Lab, Language} from '../lab/lab.ts';
import type {Outside} from '../outside.ts';
import {type Help, helpIn} from '../ui/messages/help.ts';
import {optionsOf, withGlobals} from './options.ts';

/** What the files with commands build them with. */
export interface Builder {
  program: Command;
  help: Help;
  /** A command with the options that all take. */
  add(parent: Command, name: string, description: string): Command;
  /** A command that only holds others. */
  group(name: string, description: string): Command;
  /** @param run gets the app, then what commander gives the action, without the command itself */
  action(
    run: (app: App, ...args: never[]) => Promise<number> | number,
  ): (...given: unknown[]) => Promise<void>;
}

export interface BuilderOptions {
  outside: Outside;
  language: Language;
  version: string;
  /** Gets the command's exit code. */
  done: (run: Promise<number>) => Promise<void>;
}

/** The program with nothing in it yet. */
export function createBuilder({outside, language, version, done}: BuilderOptions): Builder {
  const help = helpIn(language);
  const program = new Command('statelab')
    .description(help.description)
    .version(version, '-V, --version', help.version)
    .helpOption('-h, --help', help.help)
    .helpCommand(false)
    .exitOverride()
    .enablePositionalOptions()
    .configureOutput({
      writeOut: text => void outside.stdout.write(text),
      writeErr: () => {},
      getOutHelpWidth: outside.columns,
    })
    .showSuggestionAfterError()
    .addHelpText('after', `\n${help.exitCodes}`);
  const add: Builder['add'] = (parent, name, text) =>
    withGlobals(
      parent.command(name).description(text).helpOption('-h, --help', help.help).allowExcessArguments(false),
      help,
    );
  return {
    program: withGlobals(program, help),
    help,
    add,
    group(name, text) {
      const command = add(program, name, text).allowExcessArguments();
      return command.action(() => {
        throw noSuchCommand(command);
      });
    },
    action:
      run =>
      (...given) => {
        const command = given.at(-1) as Command;
        const {json = false, yes = false, lang, ...rest} = optionsOf(command, outside);
        const app = createApp(outside, {json, yes, ...rest}, lang ?? language);
        return done(Promise.resolve(run(app, ...(given.slice(0, -1) as never[]))));
      },
  };
}

/** Commander knows this only of a command that does nothing itself, and says nothing where the word is missing. */
export function noSuchCommand(parent: Command): ExpectedError {
  const names = parent.commands.map(command => command.name());
  const [word] = parent.args;
  const near = word === undefined ? '' : closest(word, names);
  const detail =
    word === undefined
      ? `${parent.name()} wants one of ${names.join(', ')}`
      : distance(word, near) <= near.length / 2
        ? `unknown command '${word}'\n(Did you mean ${near}?)`
        : `unknown command '${word}'`;
  return new ExpectedError('usage', {detail}, {exitCode: exitCodes.usage});
}

/** The lab a command is about: the one that was named, else the one of the terminal, else the last. */
export const labOf = async (app: App, name: string | undefined): Promise<Lab> =>
  (await import('../commands/current-lab.ts')).currentLab(app, name);
