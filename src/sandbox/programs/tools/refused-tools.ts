import type {Program} from '../program.ts';

/** Programs that people reach for, and what to do here in their place. */
const refused: Readonly<Record<string, string>> = {
  top: 'not simulated; ps shows the processes',
  vi: 'no screen editor here; write the file with cat > file, printf or sed -i, or bring it with kubectl cp',
  ping: 'not simulated; nc -zv host port tells whether somebody answers',
};
const packages: Readonly<Record<string, string>> = {
  apt: 'no packages here; use an image that has the program',
  'apt-get': 'no packages here; use an image that has the program',
};

/** Says what the program cannot do here, and fails: nobody is to wait for an answer that never comes. */
const refuse =
  (name: string, advice: string): Program =>
  async ({stderr}) => {
    stderr.write(`${name}: ${advice}\n`);
    return 1;
  };

const toPrograms = (table: Readonly<Record<string, string>>): Readonly<Record<string, Program>> =>
  Object.fromEntries(Object.entries(table).map(([name, advice]) => [name, refuse(name, advice)]));

export const refusedTools = toPrograms(refused);
/** In images with a package manager. */
export const refusedPackageTools = toPrograms(packages);
