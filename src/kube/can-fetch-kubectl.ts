/** Does the package that statelab would fetch kubectl with have one for this machine? */
export const canFetchKubectl = ({platform, arch}: {platform: NodeJS.Platform; arch: string}): boolean =>
  platform === 'linux' && arch === 'x64';
