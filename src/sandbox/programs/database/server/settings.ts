import type {ProcessContext} from '../../program.ts';
import {systemVariables} from '../engine/variables.ts';
import type {Flavour} from '../flavour.ts';

/** What a server was started with, from its configuration files and arguments. */
export interface Settings {
  datadir: string;
  socket: string;
  port: number;
  bindAddress: string;
  networking: boolean;
  /** System variables that were given, by name. */
  variables: ReadonlyMap<string, string>;
}

/** An argument that the server does not know: it ends with 1. */
export class UnknownOption extends Error {
  override readonly name = 'UnknownOption';
  readonly option: string;
  constructor(option: string) {
    super(option);
    this.option = option;
  }
}

/**
 * Reads the image's *.cnf files, then the arguments: the last one counts.
 * @throws UnknownOption
 */
export async function readSettings(context: ProcessContext, flavour: Flavour): Promise<Settings> {
  const given = new Map<string, string>();
  const known = systemVariables(flavour);
  for (const [option, value] of [...(await configured(context)), ...context.argv.slice(1).map(splitOption)]) {
    const name = option.replace(/^--?(loose-)?/, '').replaceAll('-', '_');
    if (!known.has(name.replace(/^(skip|enable|disable)_/, '')) && !startOptions.has(name)) {
      if (option.startsWith('--loose-')) continue;
      throw new UnknownOption(option);
    }
    given.set(name, value);
  }
  return {
    datadir: given.get('datadir') ?? '/var/lib/mysql',
    socket: given.get('socket') ?? flavour.socket,
    port: Number(given.get('port') ?? 3306),
    bindAddress: given.get('bind_address') ?? (flavour.name === 'mariadb' ? '0.0.0.0' : '*'),
    networking: !given.has('skip_networking'),
    variables: given,
  };
}

/** Options that are not variables. */
const startOptions = new Set(
  (
    'user mysqlx console verbose help skip_networking skip_grant_tables skip_host_cache skip_name_resolve ' +
    'defaults_file defaults_extra_file no_defaults init_file ignore_db_dir character_set_client_handshake ' +
    'skip_character_set_client_handshake initialize initialize_insecure'
  ).split(' '),
);

const splitOption = (argument: string): [string, string] => {
  const at = argument.indexOf('=');
  return at < 0 ? [argument, 'ON'] : [argument.slice(0, at), argument.slice(at + 1)];
};

const sections = /^\[(mysqld|server|mariadb|mariadbd|mysqld-\d.*|mariadb-\d.*)\]$/;

/** The server's sections of /etc/mysql/conf.d and its siblings, where ConfigMaps are mounted. */
async function configured({container: {files}}: ProcessContext): Promise<[string, string][]> {
  const options: [string, string][] = [];
  for (const directory of ['/etc/mysql/conf.d', '/etc/mysql/mariadb.conf.d', '/etc/mysql/mysql.conf.d']) {
    const names = (await files.exists(directory)) ? await files.readdir(directory) : [];
    for (const name of names.filter(name => name.endsWith('.cnf')).toSorted())
      options.push(...serverOptions(await files.readFile(`${directory}/${name}`)));
  }
  return options;
}

function serverOptions(text: string): [string, string][] {
  const options: [string, string][] = [];
  let ours = false;
  for (const line of text.split('\n').map(line => line.replace(/\s#.*|^[#;].*/, '').trim())) {
    if (line.startsWith('[')) ours = sections.test(line);
    else if (ours && line !== '') {
      const [name = '', value = 'ON'] = line.split(/\s*=\s*/, 2);
      options.push([`--${name}`, value.replace(/^(['"])(.*)\1$/, '$2')]);
    }
  }
  return options;
}
