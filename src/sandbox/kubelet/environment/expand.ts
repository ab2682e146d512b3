/**
 * Replaces $(NAME) as Kubernetes does in env, command and args: $$ is a dollar sign, and what has no value stays as
 * it is written, or is an error when `onMissing` throws.
 */
export const expand = (
  text: string,
  lookUp: (name: string) => string | undefined,
  onMissing: (name: string) => string = name => `$(${name})`,
): string =>
  text.replaceAll(/\$(?:\$|\(([^)]*)\))/g, (found, name: string | undefined) =>
    found === '$$' ? '$' : (lookUp(name ?? '') ?? onMissing(name ?? '')),
  );
