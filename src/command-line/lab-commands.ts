import {Option} from 'commander';
import {seconds} from './arguments.ts';
import {type Builder, labOf, noSuchCommand} from './builder.ts';

/** Milliseconds without a step reached after which a run that nobody attends gives up. */
const patience = 300_000;

/** The menu, and what one does with labs. */
export function addLabCommands({program, help, add, action}: Builder): void {
  program.allowExcessArguments().action(
    action(async app => {
      if (program.args.length > 0) throw noSuchCommand(program);
      return (await import('../commands/menu.ts')).showMenu(app, {auto: false, patience});
    }),
  );
  add(program, 'labs', help.commands.labs).action(
    action(async app => (await import('../commands/labs.ts')).listLabs(app)),
  );
  add(program, 'run [lab]', help.commands.run)
    .option('--auto', help.options.auto)
    .addOption(
      new Option('--timeout <seconds>', help.options.timeout).argParser(seconds).default(patience / 1000),
    )
    .action(
      action(async (app, name: string | undefined, options: {auto?: boolean; timeout: number}) => {
        const {runChosen} = await import('../commands/choose-lab.ts');
        return runChosen(app, name, {auto: options.auto === true, patience: options.timeout * 1000});
      }),
    );
  add(program, 'check [lab]', help.commands.check)
    .option('--answer <text>', help.options.answer)
    .addOption(new Option('--wait <seconds>', help.options.wait).argParser(seconds).default(0))
    .action(
      action(async (app, name: string | undefined, {answer, wait}: {answer?: string; wait: number}) => {
        const {checkLab} = await import('../commands/check.ts');
        return checkLab(app, await labOf(app, name), {
          wait: wait * 1000,
          ...(answer === undefined ? {} : {answer}),
        });
      }),
    );
  add(program, 'hint [lab]', help.commands.hint).action(
    action(async (app, name: string | undefined) =>
      (await import('../commands/hint.ts')).giveHint(app, await labOf(app, name)),
    ),
  );
  add(program, 'solve [lab]', help.commands.solve).action(
    action(async (app, name: string | undefined) =>
      (await import('../commands/solve.ts')).solveLab(app, await labOf(app, name)),
    ),
  );
  add(program, 'status [lab]', help.commands.status).action(
    action(async (app, name: string | undefined) =>
      (await import('../commands/status.ts')).showStatus(app, name),
    ),
  );
  add(program, 'reset [lab]', help.commands.reset)
    .option('--to <step>', help.options.to)
    .action(
      action(async (app, name: string | undefined, {to}: {to?: string}) =>
        (await import('../commands/reset.ts')).resetLab(app, await labOf(app, name), to),
      ),
    );
  add(program, 'restore', help.commands.restore)
    .option('--dry-run', help.options.dryRun)
    .action(
      action(async (app, {dryRun}: {dryRun?: boolean}) =>
        (await import('../commands/restore.ts')).restoreAll(app, dryRun === true),
      ),
    );
  add(program, 'env', help.commands.env)
    .addOption(new Option('--shell <shell>', help.options.shell).choices(['sh', 'fish', 'powershell']))
    .action(
      action(async (app, {shell}: {shell?: 'sh' | 'fish' | 'powershell'}) =>
        (await import('../commands/env.ts')).printEnv(app, shell),
      ),
    );
  add(program, 'lint <folder>', help.commands.lint).action(
    action(async (app, folder: string) => (await import('../commands/lint.ts')).lintLabIn(app, folder)),
  );
}
