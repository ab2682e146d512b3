/**
 * The answer to /version: the release whose behaviour this is, and about the build what is true.
 * @param gitVersion e.g. v1.35.4
 */
export function versionInfo(gitVersion: string): object {
  const [major = '', minor = ''] = gitVersion.slice(1).split('.');
  return {
    major,
    minor,
    gitVersion,
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: 'none: a sandbox in Node.js',
    compiler: 'none',
    platform: 'sandbox/simulated',
  };
}
