/**
 * Is a version of Node.js older than the one wanted? Major and minor count.
 * @param version e.g. 24.21.0
 * @param wanted e.g. 22.19
 */
export function isOlder(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}
