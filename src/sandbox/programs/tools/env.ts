import {type ProcessContext, type Program, ProgramNotFound} from '../program.ts';

/** `env`, and `env -i -u NAME NAME=value program args…`. */
export const env: Program = async context => {
  const {argv, stdout, stderr} = context;
  const call = parse(context);
  if (typeof call === 'string') {
    stderr.write(`env: ${call}\n`);
    return 125;
  }
  const [program] = call.command;
  if (program === undefined) {
    stdout.write(lines(call.variables));
    return 0;
  }
  try {
    return await context.become(call.command, {env: call.variables});
  } catch (error) {
    if (!(error instanceof ProgramNotFound)) throw error;
    stderr.write(`${argv[0]}: can't execute '${program}': No such file or directory\n`);
    return 127;
  }
};

/** `printenv`, and `printenv NAME…`, which fails when one is not set. */
export const printenv: Program = async ({argv, env: variables, stdout}) => {
  const names = argv.slice(1);
  if (names.length === 0) {
    stdout.write(lines(variables));
    return 0;
  }
  for (const name of names) if (variables[name] !== undefined) stdout.write(`${variables[name]}\n`);
  return names.every(name => variables[name] !== undefined) ? 0 : 1;
};

const lines = (variables: Readonly<Record<string, string>>) =>
  Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

function parse({argv, env: inherited}: ProcessContext) {
  const variables: Record<string, string> = {...inherited};
  const args = argv.slice(1);
  for (let arg = args[0]; arg !== undefined; arg = args[0]) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(arg) ?? [];
    if (arg === '-i' || arg === '-') for (const key of Object.keys(variables)) delete variables[key];
    else if (arg === '-u') delete variables[args.splice(1, 1)[0] ?? ''];
    else if (arg.startsWith('-') && arg !== '--') return `unrecognized option: ${arg}`;
    else if (name !== undefined && value !== undefined) variables[name] = value;
    else if (arg !== '--') break;
    args.shift();
  }
  return {variables, command: args};
}
