import {Command, CommanderError, InvalidArgumentError, Option} from 'commander';
import {closest, distance} from 'fastest-levenshtein';
import {createApp} from './app.ts';
import type {App, GlobalOptions} from './commands/app.ts';
import {type ProviderId, providerIds} from './engine/ports.ts';
import {ExpectedError, exitCodes} from './errors.ts';
import {type DatabaseId, databaseIds} from './lab/databases.ts';
import {type Language, languages} from './lab/lab.ts';
import type {Outside} from './outside.ts';
import {helpIn} from './ui/messages/help.ts';
import {languageOf} from './ui/messages/messages.ts';

/**
 * Reads the command line and runs the command.
 * @returns the exit code
 * @throws ExpectedError `usage` and all that the commands throw
 */
export async function runProgram(
  args: readonly string[],
  outside: Outside,
  version: string,
): Promise<number> {
  let exitCode: number = exitCodes.reached;
  const program = commandLine(outside, languageOfArgs(args, outside), version, async run => {
    exitCode = await run;
  });
  try {
    await program.parseAsync([...args], {from: 'user'});
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return exitCodes.reached;
    throw new ExpectedError(
      'usage',
      {detail: error.message.replace(/^error: /, '')},
      {exitCode: exitCodes.usage, cause: error},
    );
  }
  return exitCode;
}

/** The language has to be known before the options are read, for the help and for errors in them. */
export function languageOfArgs(args: readonly string[], {env}: Pick<Outside, 'env'>): Language {
  const given = args.flatMap((arg, index) =>
    arg === '--lang' ? (args[index + 1] ?? []) : arg.startsWith('--lang=') ? arg.slice(7) : [],
  );
  return languages.find(language => language === given.at(-1)) ?? languageOf(env);
}

type Options = Omit<GlobalOptions, 'json' | 'yes'> & {json?: boolean; yes?: boolean; lang?: Language};

function commandLine(
  outside: Outside,
  language: Language,
  version: string,
  done: (run: Promise<number>) => Promise<void>,
): Command {
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

  const action =
    (run: (app: App, ...args: never[]) => Promise<number> | number) =>
    (...given: unknown[]) => {
      const command = given.at(-1) as Command;
      const {json = false, yes = false, lang, ...rest} = optionsOf(command, outside);
      const app = createApp(outside, {json, yes, ...rest}, lang ?? language);
      return done(Promise.resolve(run(app, ...(given.slice(0, -1) as never[]))));
    };
  const add = (parent: Command, name: string, description: string) =>
    withGlobals(
      parent
        .command(name)
        .description(description)
        .helpOption('-h, --help', help.help)
        .allowExcessArguments(false),
      help,
    );

  withGlobals(program, help)
    .allowExcessArguments()
    .action(
      action(async app => {
        if (program.args.length > 0) throw noSuchCommand(program);
        return (await import('./commands/menu.ts')).showMenu(app, {auto: false, patience});
      }),
    );
  add(program, 'labs', help.commands.labs).action(
    action(async app => (await import('./commands/labs.ts')).listLabs(app)),
  );
  add(program, 'run [lab]', help.commands.run)
    .option('--auto', help.options.auto)
    .addOption(
      new Option('--timeout <seconds>', help.options.timeout).argParser(seconds).default(patience / 1000),
    )
    .action(
      action(async (app, name: string | undefined, options: {auto?: boolean; timeout: number}) => {
        const {runChosen} = await import('./commands/choose-lab.ts');
        return runChosen(app, name, {auto: options.auto === true, patience: options.timeout * 1000});
      }),
    );
  add(program, 'check [lab]', help.commands.check)
    .option('--answer <text>', help.options.answer)
    .addOption(new Option('--wait <seconds>', help.options.wait).argParser(seconds).default(0))
    .action(
      action(async (app, name: string | undefined, {answer, wait}: {answer?: string; wait: number}) => {
        const {checkLab} = await import('./commands/check.ts');
        return checkLab(app, await labOf(app, name), {
          wait: wait * 1000,
          ...(answer === undefined ? {} : {answer}),
        });
      }),
    );
  add(program, 'hint [lab]', help.commands.hint).action(
    action(async (app, name: string | undefined) =>
      (await import('./commands/hint.ts')).giveHint(app, await labOf(app, name)),
    ),
  );
  add(program, 'solve [lab]', help.commands.solve).action(
    action(async (app, name: string | undefined) =>
      (await import('./commands/solve.ts')).solveLab(app, await labOf(app, name)),
    ),
  );
  add(program, 'status [lab]', help.commands.status).action(
    action(async (app, name: string | undefined) =>
      (await import('./commands/status.ts')).showStatus(app, name),
    ),
  );
  add(program, 'reset [lab]', help.commands.reset)
    .option('--to <step>', help.options.to)
    .action(
      action(async (app, name: string | undefined, {to}: {to?: string}) =>
        (await import('./commands/reset.ts')).resetLab(app, await labOf(app, name), to),
      ),
    );
  add(program, 'env', help.commands.env)
    .addOption(new Option('--shell <shell>', help.options.shell).choices(['sh', 'fish', 'powershell']))
    .action(
      action(async (app, {shell}: {shell?: 'sh' | 'fish' | 'powershell'}) =>
        (await import('./commands/env.ts')).printEnv(app, shell),
      ),
    );

  add(program, 'lint <folder>', help.commands.lint).action(
    action(async (app, folder: string) => (await import('./commands/lint.ts')).lintLabIn(app, folder)),
  );

  const group = (name: string, description: string) => {
    const command = add(program, name, description).allowExcessArguments();
    return command.action(() => {
      throw noSuchCommand(command);
    });
  };

  const cluster = group('cluster', help.commands.cluster);
  add(cluster, 'up', help.commands.clusterUp)
    .addOption(new Option('--agents <number>', help.options.agents).argParser(agentCount))
    .action(
      action(async (app, {agents}: {agents?: number}) =>
        (await import('./commands/cluster.ts')).clusterUp(app, agents),
      ),
    );
  add(cluster, 'down', help.commands.clusterDown).action(
    action(async app => (await import('./commands/cluster.ts')).clusterDown(app)),
  );
  add(cluster, 'list', help.commands.clusterList).action(
    action(async app => (await import('./commands/cluster.ts')).listClusters(app)),
  );

  const node = group('node', help.commands.node).enablePositionalOptions();
  add(node, 'list', help.commands.nodeList).action(
    action(async app => (await import('./commands/node.ts')).listNodes(app)),
  );
  add(node, 'stop <node>', help.commands.nodeStop).action(
    action(async (app, name: string) => (await import('./commands/node.ts')).stopNode(app, name)),
  );
  add(node, 'start <node>', help.commands.nodeStart).action(
    action(async (app, name: string) => (await import('./commands/node.ts')).startNode(app, name)),
  );
  add(node, 'exec <node> <command...>', help.commands.nodeExec)
    .passThroughOptions()
    .action(
      action(async (app, name: string, [first = '', ...rest]: string[]) => {
        const {execOnNode} = await import('./commands/node.ts');
        // Passed through with the rest where it parts the program from our own words, as with kubectl exec.
        return execOnNode(app, name, first === '--' ? rest : [first, ...rest]);
      }),
    );
  return program;
}

/** Commander knows this only of a command that does nothing itself, and says nothing where the word is missing. */
function noSuchCommand(parent: Command): ExpectedError {
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

/** An option may stand before or after the command; the environment counts where it stands nowhere. */
function optionsOf(command: Command, {env}: Outside): Options {
  const given: Options = {};
  for (let at: Command | null = command; at; at = at.parent)
    Object.assign(given, {...at.opts<Options>(), ...given});
  const provider = given.provider ?? oneOf(providerIds, 'STATELAB_PROVIDER', env);
  const database = given.database ?? oneOf(databaseIds, 'STATELAB_DATABASE', env);
  const cluster = given.cluster ?? env.STATELAB_CLUSTER;
  const context = given.context ?? env.STATELAB_CONTEXT;
  const k3sImage = given.k3sImage ?? env.STATELAB_K3S_IMAGE;
  return {
    ...given,
    ...(provider ? {provider} : {}),
    ...(database ? {database} : {}),
    ...(cluster ? {cluster} : {}),
    ...(context ? {context} : {}),
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

const labOf = async (app: App, name: string | undefined) =>
  (await import('./commands/current-lab.ts')).currentLab(app, name);

/** Milliseconds without a step reached after which a run that nobody attends gives up. */
const patience = 300_000;

function withGlobals(command: Command, {options}: ReturnType<typeof helpIn>): Command {
  return command
    .addOption(new Option('--lang <language>', options.lang).choices([...languages]))
    .option('--json', options.json)
    .option('-y, --yes', options.yes)
    .addOption(
      new Option('--provider <provider>', options.provider).choices([...providerIds] satisfies ProviderId[]),
    )
    .option('--cluster <name>', options.cluster)
    .option('--context <name>', options.context)
    .option('--k3s-image <image>', options.k3sImage)
    .addOption(
      new Option('--database <database>', options.database).choices([...databaseIds] satisfies DatabaseId[]),
    )
    .addOption(new Option('--speed <factor>', options.speed).argParser(factor));
}

function factor(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 1 || value > 100)
    throw new InvalidArgumentError('A number from 1 to 100 is wanted.');
  return value;
}

function agentCount(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 20)
    throw new InvalidArgumentError('A number from 0 to 20 is wanted.');
  return value;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError('A number of seconds is wanted.');
  return value;
}
