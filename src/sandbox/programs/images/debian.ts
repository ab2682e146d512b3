import type {Image} from '../program.ts';
import {debianFiles, debianTools} from './debian-base.ts';
import {path, withPrograms} from './image.ts';

/** A plain Debian or Ubuntu: bash and the usual tools. */
export const debianImage: Image = withPrograms(
  {
    names: ['debian', 'ubuntu'],
    tags: ['12', 'latest', 'bookworm', 'bookworm-slim', 'stable-slim', '24.04', '22.04', 'noble'],
    entrypoint: [],
    command: ['bash'],
    env: {PATH: path},
    workingDirectory: '/',
    files: debianFiles,
    size: 48_500_000,
  },
  debianTools,
);
