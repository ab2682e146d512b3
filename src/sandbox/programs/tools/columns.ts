/** Names in as many columns as fit a terminal, filled from top to bottom. */
export function inColumns(names: readonly string[], width: number): string {
  const cell = Math.max(...names.map(name => name.length)) + 2;
  const columns = Math.max(1, Math.floor(width / cell));
  const rows = Math.ceil(names.length / columns);
  return Array.from({length: rows}, (_, row) => {
    const line = names.filter((_name, index) => index % rows === row);
    return `${line.map((name, at) => (at === line.length - 1 ? name : name.padEnd(cell))).join('')}\n`;
  }).join('');
}
