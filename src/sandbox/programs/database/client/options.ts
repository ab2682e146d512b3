import type {ProcessContext} from '../../program.ts';
import type {Flavour} from '../flavour.ts';

/** What a client was told on its command line. */
export interface ClientOptions {
  user: string;
  /** Null: to be asked for. */
  password: string | null;
  passwordOnCommandLine: boolean;
  host: string | undefined;
  port: number;
  socket: string;
  tcp: boolean;
  /** Long options that are not about the connection, by name, with their values. */
  flags: ReadonlyMap<string, string>;
  /** What is no option. */
  operands: readonly string[];
}

/** An option that the client does not know: it ends with 2 (MariaDB's and MySQL's clients alike). */
export class BadOption extends Error {
  override readonly name = 'BadOption';
}

/** Short options, by letter: their long name and whether a value follows. */
const short: Readonly<Record<string, readonly [name: string, value: 'none' | 'needed' | 'optional']>> = {
  u: ['user', 'needed'],
  p: ['password', 'optional'],
  h: ['host', 'needed'],
  P: ['port', 'needed'],
  S: ['socket', 'needed'],
  D: ['database', 'needed'],
  e: ['execute', 'needed'],
  N: ['skip-column-names', 'none'],
  B: ['batch', 'none'],
  s: ['silent', 'none'],
  t: ['table', 'none'],
  r: ['raw', 'none'],
  E: ['vertical', 'none'],
  f: ['force', 'none'],
  v: ['verbose', 'none'],
  V: ['version', 'none'],
  A: ['no-auto-rehash', 'none'],
  C: ['compress', 'none'],
  n: ['unbuffered', 'none'],
  w: ['wait', 'optional'],
  i: ['interactive', 'none'],
  d: ['no-data', 'none'],
  q: ['quick', 'none'],
  '?': ['help', 'none'],
};

const long = new Set([
  ...Object.values(short).map(([name]) => name),
  ...(
    'protocol default-character-set ssl skip-ssl ssl-mode ssl-verify-server-cert skip-ssl-verify-server-cert ' +
    'connect-timeout connect-expired-password get-server-public-key column-names auto-rehash defaults-file ' +
    'defaults-extra-file no-defaults safe-updates max-allowed-packet init-command prompt pager no-pager ' +
    'all-databases databases single-transaction no-create-info routines events triggers skip-lock-tables ' +
    'no-tablespaces skip-comments compact add-drop-database skip-add-drop-table complete-insert ' +
    'skip-extended-insert set-gtid-purged column-statistics hex-blob opt skip-opt lock-tables skip-triggers ' +
    'sleep count relative commands'
  ).split(' '),
]);
const valued = new Set(
  (
    'user host port socket database execute protocol default-character-set ssl-mode connect-timeout defaults-file ' +
    'defaults-extra-file max-allowed-packet init-command prompt sleep count set-gtid-purged column-statistics'
  ).split(' '),
);

/** @throws BadOption */
export function parseOptions({argv, env}: ProcessContext, flavour: Flavour): ClientOptions {
  const [program = '', ...rest] = argv;
  const flags = new Map<string, string>();
  const operands: string[] = [];
  while (rest.length > 0) {
    const argument = rest.shift() ?? '';
    if (argument === '--') operands.push(...rest.splice(0));
    else if (argument.startsWith('--')) readLong(program, argument.slice(2), rest, flags);
    else if (argument.startsWith('-') && argument.length > 1)
      readShort(program, argument.slice(1), rest, flags);
    else operands.push(argument);
  }
  const given = flags.get('password');
  const host = flags.get('host');
  const tcp =
    flags.get('protocol')?.toLowerCase() === 'tcp' ||
    (host !== undefined && host !== 'localhost') ||
    (flavour.name === 'mariadb' && flags.has('port') && !flags.has('socket'));
  return {
    user: flags.get('user') ?? 'root',
    password: given === undefined ? (env.MYSQL_PWD ?? '') : given === asked ? null : given,
    passwordOnCommandLine: given !== undefined && given !== asked,
    host,
    port: Number(flags.get('port') ?? 3306),
    socket: flags.get('socket') ?? flavour.socket,
    tcp,
    flags,
    operands,
  };
}

/** The value of an option that may have one and was given without. */
const asked = '\0';

function readLong(program: string, text: string, rest: string[], flags: Map<string, string>) {
  const at = text.indexOf('=');
  const name = (at < 0 ? text : text.slice(0, at)).replaceAll('_', '-');
  if (!long.has(name))
    throw new BadOption(`${program}: unknown option '--${at < 0 ? text : text.slice(0, at)}'`);
  if (at >= 0) flags.set(name, text.slice(at + 1));
  else if (name === 'password') flags.set(name, asked);
  else flags.set(name, valued.has(name) ? needed(program, `--${name}`, rest) : '');
}

function readShort(program: string, letters: string, rest: string[], flags: Map<string, string>) {
  for (let at = 0; at < letters.length; at++) {
    const letter = letters.charAt(at);
    const option = short[letter];
    if (!option) throw new BadOption(`${program}: unknown option '-${letter}'`);
    const [name, value] = option;
    const following = letters.slice(at + 1);
    if (value === 'none') {
      // -ss is quieter than -s
      flags.set(name, flags.has(name) ? 'twice' : '');
      continue;
    }
    if (value === 'needed')
      flags.set(name, following === '' ? needed(program, `-${letter}`, rest) : following);
    else flags.set(name, following === '' ? asked : following);
    return;
  }
}

function needed(program: string, option: string, rest: string[]): string {
  const value = rest.shift();
  if (value === undefined) throw new BadOption(`${program}: option '${option}' requires an argument`);
  return value;
}
