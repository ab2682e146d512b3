import {debianFiles, debianPrograms} from '../images/debian-base.ts';
import {path, withPrograms} from '../images/image.ts';
import {lazy} from '../lazy.ts';
import type {Image, Program} from '../program.ts';
import {mariadb} from './flavour.ts';

/** The server, its entrypoint and its clients. */
const programs: Readonly<Record<string, Program>> = {
  'docker-entrypoint.sh': lazy(async () => (await import('./server/entrypoint.ts')).entrypoint(mariadb)),
  mariadbd: lazy(async () => (await import('./server/database-server.ts')).databaseServer(mariadb)),
  mysqld: lazy(async () => (await import('./server/database-server.ts')).databaseServer(mariadb)),
  mariadb: lazy(async () => (await import('./client/command-line/command-line.ts')).commandLine(mariadb)),
  'mariadb-admin': lazy(async () => (await import('./client/admin.ts')).admin(mariadb)),
  'mariadb-dump': lazy(async () => (await import('./client/dump/dump.ts')).dump(mariadb)),
};

/** The official MariaDB image, 11.8. From 11 on it has no programs named mysql. */
export const mariadbImage: Image = withPrograms(
  {
    names: ['mariadb'],
    tags: ['11.8', '11.8.6', '11', 'lts'],
    entrypoint: ['docker-entrypoint.sh'],
    command: ['mariadbd'],
    env: {PATH: path},
    workingDirectory: '/',
    volumes: ['/var/lib/mysql'],
    files: {
      ...debianFiles,
      '/etc/mysql/conf.d/': '',
      '/etc/mysql/mariadb.conf.d/': '',
      '/etc/mysql/my.cnf':
        '[client-server]\nsocket = /run/mysqld/mysqld.sock\n\n' +
        '!includedir /etc/mysql/conf.d/\n!includedir /etc/mysql/mariadb.conf.d/\n',
      '/docker-entrypoint-initdb.d/': '',
      '/run/mysqld/': '',
      '/var/lib/mysql/': '',
      '/usr/local/bin/docker-entrypoint.sh': '#!/bin/bash\n# simulated\n',
      '/etc/passwd':
        'root:x:0:0:root:/root:/bin/bash\nmysql:x:100:101:MariaDB Server:/nonexistent:/bin/false\n',
    },
    size: 332_000_000,
  },
  {...debianPrograms, ...programs},
);
