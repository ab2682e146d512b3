import {nearest} from '../../checks/nearest.ts';

/** What is said about a command that was typed, once it has ended; the facts that each sentence is made of. */
export interface RemarkFacts {
  /** kubectl exec without the -- that parts its own options from the program's. */
  'exec-without-dashes': {program?: string};
  /** A shell or a client that would take input was run without -i: it ends at once, and says nothing. */
  'exec-without-input': {program: string};
  /** The database's client goes by another name in this image. */
  'client-name': {typed: string; name: string};
  /** -p and the password, apart: the client takes it for a database. */
  'password-apart': {password: string};
  'other-namespace': {typed: string; wanted: string};
  'other-cluster': {option: string};
  'no-such-manifest': {typed: string; known: string[]; nearest?: string};
  'drain-refused': Record<string, never>;
  'port-forward-ended': Record<string, never>;
  'apply-refused': Record<string, never>;
  /** The API server takes no change of that field of an existing object. */
  'not-changeable': {kind: string; name: string};
  /** kubectl create of an object that is there already. */
  'already-there': Record<string, never>;
  /** Ctrl-C while kubectl delete waits. */
  'delete-goes-on': Record<string, never>;
}
export type RemarkCode = keyof RemarkFacts;
export type Remark = {[C in RemarkCode]: {code: C; facts: RemarkFacts[C]}}[RemarkCode];

/** A kubectl command that has ended, and where it was typed. */
export interface Ended {
  args: readonly string[];
  /** Undefined when a signal ended it. */
  exitCode: number | undefined;
  /** What it said of its failure, where that was read along; see `isReadAlong`. */
  stderr: string;
  /** The lab's. */
  namespace: string;
  kubeconfig: string | undefined;
  /** The client that the lab's database image has, where it has one: mariadb or mysql. */
  client: string | undefined;
  /** The lab's manifests. */
  files: readonly string[];
}

type Rule = (command: Command, ended: Ended) => Remark | undefined;

/**
 * What the API cannot show, and kubectl does not say or says in words that a beginner does not understand. Only of
 * commands that failed, or that cannot do what is meant.
 */
export function remarkOn(ended: Ended): Remark | undefined {
  const command = commandOf(ended.args);
  for (const rule of isInterrupted(ended) ? ofInterrupted : rules) {
    const remark = rule(command, ended);
    if (remark) return remark;
  }
  return undefined;
}

/**
 * May what a kubectl command says of its failure pass through here? Not of those that take over the terminal: they ask,
 * page, or open an editor.
 */
export const isReadAlong = (args: readonly string[]): boolean =>
  ['apply', 'create', 'patch', 'replace', 'set'].includes(commandOf(args).verb);

/** Ctrl-C is the learner's own wish. */
const isInterrupted = ({exitCode}: Ended) => exitCode === undefined || exitCode === 130;
const hasFailed = ({exitCode}: Ended) => exitCode !== 0;

interface Command {
  verb: string;
  /** By their long names, where these are asked for here. */
  options: Record<string, string>;
  flags: ReadonlySet<string>;
  words: string[];
  /** What stands behind --; undefined without it. */
  inner: string[] | undefined;
}

const longNames: Record<string, string> = {
  '-n': '--namespace',
  '-f': '--filename',
  '-s': '--server',
  '-c': '--container',
};
const withValue = new Set([
  ...['--namespace', '--filename', '--server', '--container'],
  ...['--context', '--kubeconfig', '--cluster', '--user'],
]);

function commandOf(args: readonly string[]): Command {
  const dashes = args.indexOf('--');
  const own = dashes === -1 ? args : args.slice(0, dashes);
  const command: Command = {
    verb: '',
    options: {},
    flags: new Set(own.filter(arg => arg.startsWith('-'))),
    words: [],
    inner: dashes === -1 ? undefined : args.slice(dashes + 1),
  };
  for (let index = 0; index < own.length; index += 1) {
    const arg = own[index] ?? '';
    const [name = '', value] = arg.split(/=(.*)/s);
    const long = longNames[name] ?? name;
    if (withValue.has(long)) command.options[long] = value ?? own[++index] ?? '';
    else if (!arg.startsWith('-')) command.words.push(arg);
  }
  command.verb = command.words.shift() ?? '';
  return command;
}

const changing = new Set([
  ...['apply', 'create', 'replace', 'delete', 'patch', 'edit', 'scale', 'set', 'run', 'expose'],
  ...['label', 'annotate', 'rollout', 'autoscale'],
]);
const shells = ['sh', 'bash'];
const clients = ['mariadb', 'mysql'];
const baseOf = (program: string) => program.split('/').at(-1) ?? program;

const otherCluster: Rule = ({options, verb}, {kubeconfig}) => {
  const option = ['--context', '--kubeconfig', '--cluster', '--server'].find(name => name in options);
  const isOurs = option === '--kubeconfig' && options[option] === kubeconfig;
  return option && !isOurs && verb !== 'config' ? {code: 'other-cluster', facts: {option}} : undefined;
};

const otherNamespace: Rule = ({options, verb}, ended) => {
  const typed = options['--namespace'];
  if (typed === undefined || typed === ended.namespace || !(changing.has(verb) || hasFailed(ended)))
    return undefined;
  return {code: 'other-namespace', facts: {typed, wanted: ended.namespace}};
};

const execWithoutDashes: Rule = ({verb, inner, words}, ended) => {
  if (verb !== 'exec' || inner || !hasFailed(ended)) return undefined;
  const program = words[1];
  return {code: 'exec-without-dashes', facts: program === undefined ? {} : {program}};
};

const clientName: Rule = ({verb, inner}, ended) => {
  const [typed = ''] = inner ?? [];
  const {client} = ended;
  if (verb !== 'exec' || !client || !hasFailed(ended)) return undefined;
  const other = clients.find(one => one !== client && (typed === one || typed.startsWith(`${one}-`)));
  const isAdmin = typed === 'mysqladmin' && client === 'mariadb';
  if (other === undefined && !isAdmin) return undefined;
  return {
    code: 'client-name',
    facts: {typed, name: isAdmin ? 'mariadb-admin' : typed.replace(other ?? '', client)},
  };
};

const passwordApart: Rule = ({inner = []}) => {
  const place = inner.indexOf('-p');
  const password = inner[place + 1];
  if (place === -1 || password === undefined || password.startsWith('-')) return undefined;
  return clients.some(client => baseOf(inner[0] ?? '').startsWith(client))
    ? {code: 'password-apart', facts: {password}}
    : undefined;
};

const execWithoutInput: Rule = ({verb, inner, flags}, ended) => {
  const [program = '', ...rest] = inner ?? [];
  const takesInput = shells.includes(baseOf(program)) ? rest.length === 0 : isBareClient(program, rest);
  const hasInput = [...flags].some(flag => /^-[a-z]*i/.test(flag) || flag.startsWith('--stdin'));
  return verb === 'exec' && takesInput && !hasInput && !hasFailed(ended)
    ? {code: 'exec-without-input', facts: {program}}
    : undefined;
};
const isBareClient = (program: string, rest: string[]) =>
  clients.includes(baseOf(program)) &&
  !rest.some(arg => /^(-[BNsrt]*e|--execute|-V|--version|-\?|--help)/.test(arg));

const noSuchManifest: Rule = ({options}, ended) => {
  const typed = options['--filename'];
  if (typed === undefined || !hasFailed(ended) || /^(-|https?:)/.test(typed) || typed.includes('/'))
    return undefined;
  if (ended.files.includes(typed)) return undefined;
  const near = nearest(typed, ended.files);
  return {
    code: 'no-such-manifest',
    facts: {typed, known: [...ended.files], ...(near === undefined ? {} : {nearest: near})},
  };
};

const drainRefused: Rule = ({verb}, ended) =>
  verb === 'drain' && hasFailed(ended) ? {code: 'drain-refused', facts: {}} : undefined;

const portForwardEnded: Rule = ({verb}, ended) =>
  verb === 'port-forward' && hasFailed(ended) ? {code: 'port-forward-ended', facts: {}} : undefined;

const notChangeable: Rule = (_command, ended) => {
  const [, kind, name, why = ''] = /^The (\w+) "([^"]+)" is invalid: (.*)/ms.exec(ended.stderr) ?? [];
  const isFixed = /immutable|Forbidden: (?:updates to|pod updates)|may not change once set/.test(why);
  return kind && name && isFixed ? {code: 'not-changeable', facts: {kind, name}} : undefined;
};

const alreadyThere: Rule = ({verb}, {stderr}) =>
  verb === 'create' && stderr.includes('(AlreadyExists)') ? {code: 'already-there', facts: {}} : undefined;

const deleteGoesOn: Rule = ({verb}) => (verb === 'delete' ? {code: 'delete-goes-on', facts: {}} : undefined);

const applyRefused: Rule = ({verb}, ended) =>
  ['apply', 'replace'].includes(verb) && hasFailed(ended) ? {code: 'apply-refused', facts: {}} : undefined;

/** What explains most comes first. */
const rules: readonly Rule[] = [
  otherCluster,
  otherNamespace,
  execWithoutDashes,
  passwordApart,
  clientName,
  execWithoutInput,
  noSuchManifest,
  drainRefused,
  portForwardEnded,
  notChangeable,
  alreadyThere,
  applyRefused,
];
const ofInterrupted: readonly Rule[] = [deleteGoesOn];
