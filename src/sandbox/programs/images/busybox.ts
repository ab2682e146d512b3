import type {Image} from '../program.ts';
import {shell} from '../shell/sh.ts';
import {networkTools} from '../tools/network-tools.ts';
import {processTools} from '../tools/process-tools.ts';
import {sleep} from '../tools/sleep.ts';
import {systemTools} from '../tools/system-tools.ts';
import {tar} from '../tools/tar.ts';
import {timeout} from '../tools/timeout.ts';
import {path, withPrograms} from './image.ts';

const sh = shell((_context, directory) => `${directory === '/root' ? '~' : directory} # `);

/** busybox 1.37: a shell and the usual tools. */
export const busyboxImage: Image = withPrograms(
  {
    names: ['busybox', 'alpine'],
    tags: ['1.37', 'latest', '1.37.0', '1.36', 'stable', '3.22', '3.21', '3'],
    entrypoint: [],
    command: ['sh'],
    env: {PATH: path},
    workingDirectory: '/',
    files: {
      '/bin/': '',
      '/home/': '',
      '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n',
      '/etc/group': 'root:x:0:\n',
    },
    size: 4_500_000,
  },
  {sh, ash: sh, sleep, tar, timeout, ...processTools, ...systemTools, ...networkTools},
);
