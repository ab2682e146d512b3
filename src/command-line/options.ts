import {type Command, Option} from 'commander';
import type {GlobalOptions} from '../commands/app.ts';
import {type ProviderId, providerIds} from '../engine/ports.ts';
import {ExpectedError, exitCodes} from '../errors.ts';
import {type DatabaseId, databaseIds} from '../lab/databases.ts';
import {type Language, languages} from '../lab/lab.ts';
import type {Outside} from '../outside.ts';
import type {Help} from '../ui/messages/help.ts';
import {languageOf} from '../ui/messages/messages.ts';
import {factor} from './arguments.ts';

/** What may stand at every command. */
export type Options = Omit<GlobalOptions, 'json' | 'yes'> & {json?: boolean; yes?: boolean; lang?: Language};

/** Gives a command the options that every command takes. */
export function withGlobals(command: Command, {options}: Help): Command {
  return command
    .addOption(new Option('--lang <language>', options.lang).choices([...languages]))
    .option('--json', options.json)
    .option('-y, --yes', options.yes)
    .addOption(
      new Option('--provider <provider>', options.provider).choices([...providerIds] satisfies ProviderId[]),
    )
    .option('--cluster <name>', options.cluster)
    .option('--context <name>', options.context)
    .option('--allow-node-operations', options.allowNodeOperations)
    .option('--k3s-image <image>', options.k3sImage)
    .addOption(
      new Option('--database <database>', options.database).choices([...databaseIds] satisfies DatabaseId[]),
    )
    .addOption(new Option('--speed <factor>', options.speed).argParser(factor));
}

/**
 * An option may stand before or after the command; the environment counts where it stands nowhere.
 * @throws ExpectedError `usage` when a variable says what cannot be chosen
 */
export function optionsOf(command: Command, {env}: Pick<Outside, 'env'>): Options {
  const given: Options = {};
  for (let at: Command | null = command; at; at = at.parent)
    Object.assign(given, {...at.opts<Options>(), ...given});
  const provider = given.provider ?? oneOf(providerIds, 'STATELAB_PROVIDER', env);
  const database = given.database ?? oneOf(databaseIds, 'STATELAB_DATABASE', env);
  const cluster = given.cluster ?? env.STATELAB_CLUSTER;
  const context = given.context ?? env.STATELAB_CONTEXT;
  const allowNodeOperations =
    given.allowNodeOperations === true || oneOf(['0', '1'], 'STATELAB_ALLOW_NODE_OPERATIONS', env) === '1';
  const k3sImage = given.k3sImage ?? env.STATELAB_K3S_IMAGE;
  return {
    ...given,
    ...(provider ? {provider} : {}),
    ...(database ? {database} : {}),
    ...(cluster ? {cluster} : {}),
    ...(context ? {context} : {}),
    ...(allowNodeOperations ? {allowNodeOperations} : {}),
    ...(k3sImage ? {k3sImage} : {}),
  };
}

/** What a variable of the environment chooses; one that is not set or empty chooses nothing. */
function oneOf<Id extends string>(ids: readonly Id[], variable: string, env: Outside['env']): Id | undefined {
  const {[variable]: text = ''} = env;
  const chosen = ids.find(id => id === text);
  if (chosen !== undefined || text === '') return chosen;
  throw new ExpectedError(
    'usage',
    {detail: `${variable} is "${text}"; it may be ${ids.join(', ')}.`},
    {exitCode: exitCodes.usage},
  );
}

/** The language has to be known before the options are read, for the help and for errors in them. */
export function languageOfArgs(args: readonly string[], {env}: Pick<Outside, 'env'>): Language {
  const given = args.flatMap((arg, index) =>
    arg === '--lang' ? (args[index + 1] ?? []) : arg.startsWith('--lang=') ? arg.slice(7) : [],
  );
  return languages.find(language => language === given.at(-1)) ?? languageOf(env);
}
