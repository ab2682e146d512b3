/**
 * Compiles a regular expression of a lab. It may begin with the flags (?i), (?m) and (?s), alone or
 * together as (?im), which JavaScript itself only knows for a group.
 * @param global for matchAll
 * @throws SyntaxError
 */
export function compileRegex(source: string, {global = false} = {}): RegExp {
  const inline = /^\(\?([ims]+)\)/.exec(source);
  const flags = new Set(`${inline?.[1] ?? ''}${global ? 'g' : ''}`);
  return new RegExp(source.slice(inline?.[0].length ?? 0), [...flags].join(''));
}
