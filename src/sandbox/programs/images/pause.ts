import type {Image, Program} from '../program.ts';

/** Does nothing until it is told to end. */
const pause: Program = async ({onSignal, killed}) => {
  const {promise, resolve} = Promise.withResolvers<number>();
  onSignal(signal => {
    if (signal === 'SIGTERM' || signal === 'SIGINT') resolve(0);
  });
  killed.addEventListener('abort', () => resolve(137), {once: true});
  return promise;
};

export const pauseImage: Image = {
  names: ['registry.k8s.io/pause', 'rancher/mirrored-pause'],
  tags: ['3.10', '3.10.1', '3.9', '3.6'],
  entrypoint: ['/pause'],
  command: [],
  env: {PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'},
  workingDirectory: '/',
  files: {},
  size: 320_000,
  program: name => (name === '/pause' ? pause : undefined),
  programNames: [],
};
