import type {Program} from './program.ts';

/** A program whose code is loaded when it runs first: a sandbox without a database does not pay for one. */
export const lazy =
  (load: () => Promise<Program>): Program =>
  async context => {
    const program = await load();
    return program(context);
  };
