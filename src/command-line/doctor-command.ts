import type {Builder} from './builder.ts';

/** What one asks before anything goes wrong. */
export function addDoctorCommand({program, help, add, action}: Builder): void {
  add(program, 'doctor [lab]', help.commands.doctor)
    .option('--fix', help.options.fix)
    .action(
      action(async (app, lab: string | undefined, {fix}: {fix?: boolean}) =>
        (await import('../commands/doctor.ts')).doctor(app, lab, {fix: fix === true}),
      ),
    );
}
