import {closest, distance} from 'fastest-levenshtein';
import {parseArgsStringToArgv} from 'string-argv';

/** What the learner typed at the prompt. */
export type Typed =
  | {type: 'nothing'}
  /** A program with its arguments: kubectl, or one of statelab's own that is run as its own process. */
  | {type: 'program'; program: string; args: string[]; line: string}
  /** Pipes, redirections and the like need the learner's shell. */
  | {type: 'shell'; line: string}
  | {type: 'own'; word: OwnWord; rest: string}
  | {type: 'unknown'; word: string; suggestion?: string};

export const ownWords = [
  'help',
  'hint',
  'check',
  'status',
  'answer',
  'next',
  'solve',
  'skip',
  'redo',
  'quit',
] as const;
export type OwnWord = (typeof ownWords)[number];

/** Commands of statelab that run as their own process, with the learner's terminal. */
const statelabWords = ['node', 'cluster', 'labs', 'env'];
const programs = ['kubectl', 'k3d', 'docker', 'minikube'];
const aliases: Record<string, OwnWord> = {exit: 'quit', '?': 'help', n: 'next', h: 'hint', a: 'answer'};

export function readLine(line: string): Typed {
  const trimmed = line.trim().replace(/^\$\s+/, '');
  if (trimmed === '' || trimmed.startsWith('#')) return {type: 'nothing'};
  if (trimmed.startsWith('!')) return {type: 'shell', line: trimmed.slice(1).trim()};
  const bare = trimmed.replace(/^statelab\s+/, '');
  const [word = '', ...args] = parseArgsStringToArgv(bare);
  const own = aliases[word] ?? ownWords.find(one => one === word);
  if (own) return {type: 'own', word: own, rest: bare.slice(word.length).trim()};
  if (statelabWords.includes(word))
    return {type: 'program', program: 'statelab', args: [word, ...args], line: trimmed};
  if (programs.includes(word))
    return needsShell(trimmed)
      ? {type: 'shell', line: trimmed}
      : {type: 'program', program: word, args, line: trimmed};
  const near = closest(word, [...ownWords, ...programs, ...statelabWords]);
  return distance(word, near) <= 2 ? {type: 'unknown', word, suggestion: near} : {type: 'unknown', word};
}

/** Is there anything outside quotes that only a shell understands? */
export function needsShell(line: string): boolean {
  const outside = line.replace(/'[^']*'|"(?:\\.|[^"\\$`])*"|\\./g, '');
  return /[|<>;&`$*~]|"[^"]*[$`]/.test(outside);
}

/** The options of every kubectl command that learners write before the verb. */
const takesValue = /^(-n|--namespace|--context|--kubeconfig|--cluster|--user|-s|--server)$/;

/** Does the program own the screen, so that nothing may be printed meanwhile? */
export function ownsScreen(typed: Typed): boolean {
  if (typed.type === 'shell') return true;
  if (typed.type !== 'program') return false;
  const {program, args} = typed;
  if (program !== 'kubectl') return true;
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  const interactive = own.some(
    arg => /^-[a-z]*[it][a-z]*$/.test(arg) || arg === '--stdin' || arg === '--tty',
  );
  // The value of an option (-n other) may stand before the verb.
  const verb = own.find((arg, index) => !arg.startsWith('-') && !takesValue.test(own[index - 1] ?? ''));
  return (
    ['edit', 'attach'].includes(verb ?? '') || (['exec', 'run', 'debug'].includes(verb ?? '') && interactive)
  );
}
