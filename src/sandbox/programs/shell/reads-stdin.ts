/**
 * Does a command, as it stands in a script, read standard input? Only such a command may wait for it: `ls` at the
 * prompt of a terminal must not.
 * @param args the literal ones; undefined for those that are only known when the script runs
 */
export function readsStdin(name: string, args: readonly (string | undefined)[]): boolean {
  if (always.has(name)) return true;
  if (args.includes('-')) return true;
  const operands = args.filter(arg => arg === undefined || !arg.startsWith('-'));
  if (withoutOperand.has(name)) return operands.length === 0;
  if (afterPattern.has(name)) return operands.length === 1 && !args.includes('-f');
  if (name === 'tar')
    return !args.some(arg => arg !== undefined && /^-?[a-z]*f/.test(arg)) && operands.length > 0;
  return false;
}

const always = new Set(['read', 'tee', 'xargs', 'mapfile', 'readarray']);
const withoutOperand = new Set(
  `cat wc sort uniq head tail tr cut rev tac nl od fold expand unexpand paste column base64 md5sum sha1sum sha256sum
  gzip gunzip zcat strings more less`.split(/\s+/),
);
/** Their first operand is what to look for or to do; files come after it. */
const afterPattern = new Set(['grep', 'egrep', 'fgrep', 'sed', 'awk', 'jq']);
