import {debianFiles, debianPrograms} from '../images/debian-base.ts';
import {path, withPrograms} from '../images/image.ts';
import {lazy} from '../lazy.ts';
import type {Image, Program} from '../program.ts';
import {mysql} from './flavour.ts';

/** The server, its entrypoint and its clients. */
const programs: Readonly<Record<string, Program>> = {
  'docker-entrypoint.sh': lazy(async () => (await import('./server/entrypoint.ts')).entrypoint(mysql)),
  mysqld: lazy(async () => (await import('./server/database-server.ts')).databaseServer(mysql)),
  mysql: lazy(async () => (await import('./client/command-line/command-line.ts')).commandLine(mysql)),
  mysqladmin: lazy(async () => (await import('./client/admin.ts')).admin(mysql)),
  mysqldump: lazy(async () => (await import('./client/dump/dump.ts')).dump(mysql)),
};

/** The official MySQL image, 9.7. */
export const mysqlImage: Image = withPrograms(
  {
    names: ['mysql'],
    tags: ['9.7', '9.7.4', '9', 'lts', 'latest'],
    entrypoint: ['docker-entrypoint.sh'],
    command: ['mysqld'],
    env: {PATH: path},
    workingDirectory: '/',
    volumes: ['/var/lib/mysql'],
    files: {
      ...debianFiles,
      '/etc/mysql/conf.d/': '',
      '/etc/mysql/mysql.conf.d/': '',
      '/etc/my.cnf': '[mysqld]\nsocket=/var/run/mysqld/mysqld.sock\n\n!includedir /etc/mysql/conf.d/\n',
      '/docker-entrypoint-initdb.d/': '',
      '/var/run/mysqld/': '',
      '/var/lib/mysql/': '',
      '/usr/local/bin/docker-entrypoint.sh': '#!/bin/bash\n# simulated\n',
      '/etc/passwd':
        'root:x:0:0:root:/root:/bin/bash\nmysql:x:999:999:MySQL Server:/nonexistent:/bin/false\n',
    },
    size: 540_000_000,
  },
  {...debianPrograms, ...programs},
);
