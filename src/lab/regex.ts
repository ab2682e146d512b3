/**
 * Compiles a regular expression of a lab. It may begin with the flags (?i), (?m) and (?s), alone or
 * together as (?im), which JavaScript itself only knows for a group.
 * @param flags further ones, such as g for matchAll
 * @throws SyntaxError
 */
export function compileRegex(source: string, flags = ''): RegExp {
  const inline = /^\(\?([ims]+)\)/.exec(source);
  const all = new Set(`${inline?.[1] ?? ''}${flags}`);
  return new RegExp(source.slice(inline?.[0].length ?? 0), [...all].join(''));
}
