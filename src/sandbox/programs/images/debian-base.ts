import type {Program} from '../program.ts';
import {shell} from '../shell/sh.ts';
import {getent} from '../tools/getent.ts';
import {networkTools} from '../tools/network-tools.ts';
import {processTools} from '../tools/process-tools.ts';
import {refusedPackageTools} from '../tools/refused-tools.ts';
import {sleep} from '../tools/sleep.ts';
import {systemTools} from '../tools/system-tools.ts';
import {tar} from '../tools/tar.ts';
import {timeout} from '../tools/timeout.ts';

const bash = shell(
  ({container}, directory) => `root@${container.hostname}:${directory === '/root' ? '~' : directory}# `,
);
const dash = shell(() => '# ');
const {ps, ...withoutPs} = processTools;

/** What images made on Debian have in common. Its slim ones have no ps and no network tools, as people find out. */
export const debianPrograms: Readonly<Record<string, Program>> = {
  sh: dash,
  dash,
  bash,
  sleep,
  tar,
  timeout,
  ...withoutPs,
  ...systemTools,
  ...refusedPackageTools,
  getent,
};

/** A Debian to work in. */
export const debianTools: Readonly<Record<string, Program>> = {
  ...debianPrograms,
  ...(ps && {ps}),
  ...networkTools,
};

export const debianFiles: Readonly<Record<string, string>> = {
  '/bin/': '',
  '/boot/': '',
  '/home/': '',
  '/media/': '',
  '/mnt/': '',
  '/opt/': '',
  '/srv/': '',
  '/usr/bin/': '',
  '/var/log/': '',
  '/etc/debian_version': '12.12\n',
  '/etc/os-release':
    'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n',
  '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\n',
  '/etc/group': 'root:x:0:\n',
};
