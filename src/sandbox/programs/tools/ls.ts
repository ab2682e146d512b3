import {posix} from 'node:path';
import type {FsStat, IFileSystem} from 'just-bash';
import {isSocket} from '../database/protocol/unix-socket.ts';
import type {ProcessContext, Program} from '../program.ts';
import {errnoWords} from '../shell/errno-words.ts';
import {type Userland, userlandOf} from '../shell/wording.ts';
import {systemFiles} from '../system-files.ts';
import {inColumns} from './columns.ts';

interface Entry {
  name: string;
  stat: FsStat;
  /** Where a symbolic link leads. */
  target?: string;
  socket?: boolean;
}

/** `ls` with -l, -a, -A, -d, -h, -i, -R, -r, -S, -t and -1; in columns at a terminal. */
export const ls: Program = async context => {
  const {flags, operands} = parse(context.argv.slice(1));
  const userland = await userlandOf(context.container.files);
  const unknown = [...flags].find(flag => !'laAdhiRrSt1FLpgonk'.includes(flag));
  if (unknown !== undefined) {
    context.stderr.write(`ls: invalid option -- '${unknown}'\n`);
    return userland === 'gnu' ? 2 : 1;
  }
  const files = systemFiles(context.container);
  const view: View = {context, files, flags, userland};
  const named: Entry[] = [];
  const directories: string[] = [];
  let failed = false;
  for (const name of operands.length > 0 ? operands : ['.']) {
    try {
      const entry = await look(
        view,
        name,
        files.resolvePath(context.workingDirectory, name),
        !flags.has('l'),
      );
      if (entry.stat.isDirectory && !flags.has('d')) directories.push(name);
      else named.push(entry);
    } catch (error) {
      failed = true;
      const what = userland === 'gnu' ? `cannot access '${name}'` : name;
      context.stderr.write(`ls: ${what}: ${errnoWords(error)}\n`);
    }
  }
  if (named.length > 0) show(view, sorted(named, flags));
  const titled = operands.length > 1 || flags.has('R');
  let first = named.length === 0;
  for (const directory of directories.toSorted()) {
    await showDirectory(view, directory, titled, first);
    first = false;
  }
  return failed ? (userland === 'gnu' ? 2 : 1) : 0;
};

interface View {
  context: ProcessContext;
  files: IFileSystem;
  flags: ReadonlySet<string>;
  userland: Userland;
}

function parse(args: readonly string[]) {
  const flags = new Set(args.filter(arg => /^-[^-]/.test(arg)).flatMap(arg => [...arg.slice(1)]));
  return {flags, operands: args.filter(arg => !arg.startsWith('-') || arg === '-')};
}

async function look({files, context}: View, name: string, path: string, follow: boolean): Promise<Entry> {
  const stat = await files.lstat(path);
  if (stat.isFile && stat.size === 0) return {name, stat, socket: await isSocket(context.container, path)};
  if (!stat.isSymbolicLink) return {name, stat};
  const target = await files.readlink(path);
  return follow ? {name, stat: await files.stat(path).catch(() => stat), target} : {name, stat, target};
}

async function showDirectory(view: View, directory: string, titled: boolean, first: boolean): Promise<void> {
  const {context, files, flags} = view;
  const path = files.resolvePath(context.workingDirectory, directory);
  const inside = (await files.readdir(path)).filter(
    name => flags.has('a') || flags.has('A') || !name.startsWith('.'),
  );
  const names = flags.has('a') ? ['.', '..', ...inside] : inside;
  const entries = await Promise.all(names.map(name => look(view, name, posix.join(path, name), false)));
  if (titled) context.stdout.write(`${first ? '' : '\n'}${directory}:\n`);
  if (flags.has('l'))
    context.stdout.write(`total ${entries.reduce((sum, {stat}) => sum + blocksOf(stat), 0)}\n`);
  const ordered = sorted(entries, flags);
  show(view, ordered);
  if (!flags.has('R')) return;
  for (const {name, stat} of ordered)
    if (stat.isDirectory && name !== '.' && name !== '..')
      await showDirectory(view, posix.join(directory, name), true, false);
}

/** In blocks of 1 KiB, as a disk with blocks of 4 KiB holds it. */
const blocksOf = ({isDirectory, isSymbolicLink, size}: FsStat) =>
  isSymbolicLink ? 0 : isDirectory ? 4 : Math.ceil(size / 4096) * 4;

function sorted(entries: readonly Entry[], flags: ReadonlySet<string>): Entry[] {
  const byName = entries.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  if (flags.has('S')) byName.sort((one, other) => other.stat.size - one.stat.size);
  if (flags.has('t')) byName.sort((one, other) => other.stat.mtime.getTime() - one.stat.mtime.getTime());
  return flags.has('r') ? byName.toReversed() : byName;
}

function show(view: View, entries: readonly Entry[]): void {
  const {context, flags} = view;
  const {stdout, tty} = context;
  if (entries.length === 0) return;
  if (flags.has('l')) return void stdout.write(longLines(entries, view));
  const names = entries.map(({name, stat}) => (flags.has('i') ? `${stat.ino ?? 0} ${name}` : name));
  const columns = tty && !flags.has('1') ? tty.columns : 0;
  stdout.write(columns > 0 ? inColumns(names, columns) : names.map(name => `${name}\n`).join(''));
}

function longLines(entries: readonly Entry[], {flags, userland, context}: View): string {
  const now = context.clock.now();
  const sizes = entries.map(({stat}) => sizeOf(stat, flags.has('h')));
  const width = userland === 'busybox' ? 9 : Math.max(...sizes.map(size => size.length));
  return entries
    .map(({name, stat, target, socket}, index) => {
      const links = stat.isDirectory ? 2 : 1;
      const size = (sizes[index] ?? '').padStart(width);
      const owner =
        userland === 'busybox' ? `${String(links).padStart(4)} root     root     ` : `${links} root root`;
      const start = flags.has('i') ? `${stat.ino ?? 0} ` : '';
      const shown = stat.isSymbolicLink ? `${name} -> ${target}` : name;
      return `${start}${modeOf(stat, socket)} ${owner} ${size} ${dateOf(stat.mtime, now)} ${shown}\n`;
    })
    .join('');
}

/** A directory takes a block of the disk. */
function sizeOf({isDirectory, size}: FsStat, human: boolean): string {
  const bytes = isDirectory ? 4096 : size;
  if (!human || bytes < 1024) return String(bytes);
  const unit = Math.floor(Math.log2(bytes) / 10);
  return `${(bytes / 1024 ** unit).toFixed(1)}${' KMGT'.charAt(unit)}`;
}

/** drwxr-xr-x */
function modeOf({isDirectory, isSymbolicLink, mode}: FsStat, socket = false): string {
  if (isSymbolicLink) return 'lrwxrwxrwx';
  const bits = [...'rwxrwxrwx'].map((letter, index) => (mode & (0o400 >> index) ? letter : '-'));
  if (mode & 0o1000) bits[8] = mode & 0o001 ? 't' : 'T';
  return `${isDirectory ? 'd' : socket ? 's' : '-'}${bits.join('')}`;
}

/** Nov 21 15:09, and the year in place of the time for what is older than half a year. */
function dateOf(time: Date, now: number): string {
  const [, day = '', month = '', year = '', clock = ''] = time.toUTCString().split(' ');
  const recent = now - time.getTime() < 15_778_476_000;
  return `${month} ${String(Number(day)).padStart(2)} ${recent ? clock.slice(0, 5) : ` ${year}`}`;
}
