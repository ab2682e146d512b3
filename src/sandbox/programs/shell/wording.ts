import {sayErrno} from './errno-words.ts';

/** Whose words a container's programs speak: those of busybox, or those of GNU, as in images made on Debian. */
export type Userland = 'busybox' | 'gnu';

/** Debian says so in a file of its own. */
export const userlandOf = async (files: {exists(path: string): Promise<boolean>}): Promise<Userland> =>
  (await files.exists('/etc/debian_version')) ? 'gnu' : 'busybox';

/**
 * just-bash speaks as bash and GNU do; scripts and people know what their own shell says.
 * @param shell what it was called as: `sh` is busybox's or Debian's dash
 */
export function shellWords(text: string, userland: Userland, shell: string): string {
  if (shell === 'bash') return text;
  return eachLine(text, userland === 'busybox' ? ash(shell) : dash(shell));
}

/** What one of the small programs says when it fails, in busybox's words. @see shellWords */
export const toolWords = (text: string, userland: Userland): string =>
  eachLine(sayErrno(text), userland === 'busybox' ? busyboxTools : gnuTools);

type Pattern = readonly [RegExp, string];

const eachLine = (text: string, patterns: readonly Pattern[]): string =>
  text
    .split('\n')
    .map(line => patterns.reduce((said, [pattern, words]) => said.replace(pattern, words), line))
    .join('\n');

const ash = (shell: string): readonly Pattern[] => [
  [/^bash: (.+): command not found$/, `${shell}: $1: not found`],
  [
    /^bash: cd: (.+): No such file or directory$/,
    `${shell}: cd: line 0: can't cd to $1: No such file or directory`,
  ],
  [/^bash: (.+): unbound variable$/, `${shell}: $1: parameter not set`],
  [/^bash: (\/\S+): No such file or directory$/, `${shell}: can't open $1: no such file`],
  [/^bash: /, `${shell}: `],
];

const dash = (shell: string): readonly Pattern[] => [
  [/^bash: (.+): command not found$/, `${shell}: 1: $1: not found`],
  [/^bash: cd: (.+): No such file or directory$/, `${shell}: 1: cd: can't cd to $1`],
  [/^bash: (.+): unbound variable$/, `${shell}: 1: $1: parameter not set`],
  [/^bash: (\/\S+): No such file or directory$/, `${shell}: 1: cannot open $1: No such file`],
  [/^bash: /, `${shell}: 1: `],
];

const busyboxTools: readonly Pattern[] = [
  [/^cat: (.+): No such file or directory$/, "cat: can't open '$1': No such file or directory"],
  [/^cat: (.+): Is a directory$/, 'cat: read error: Is a directory'],
  [/^rm: cannot remove '(.+)': Is a directory$/, "rm: '$1' is a directory"],
  [/^rm: cannot remove/, "rm: can't remove"],
  [/^mkdir: cannot create directory/, "mkdir: can't create directory"],
  [/^rmdir: failed to remove /, 'rmdir: '],
  [/^cp: cannot stat/, "cp: can't stat"],
  [/^mv: cannot stat/, "mv: can't rename"],
  [/^(touch|chmod): cannot (?:touch|access) '(.+)':/, '$1: $2:'],
  [/^ln: failed to create symbolic link '(.+)':/, 'ln: $1:'],
];

const gnuTools: readonly Pattern[] = [
  [
    /^head: (.+): No such file or directory$/,
    "head: cannot open '$1' for reading: No such file or directory",
  ],
];
