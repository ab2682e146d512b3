import type {Image, Program} from '../program.ts';
import {admin} from './client/admin.ts';
import {commandLine} from './client/command-line.ts';
import {dump} from './client/dump.ts';
import {mariadb} from './flavour.ts';
import {databaseServer} from './server/database-server.ts';
import {entrypoint} from './server/entrypoint.ts';

/** By name. The server is in /usr/sbin, the entrypoint in /usr/local/bin, the clients are in /usr/bin. */
const programs: Readonly<Record<string, Program>> = {
  'docker-entrypoint.sh': entrypoint(mariadb),
  mariadbd: databaseServer(mariadb),
  mysqld: databaseServer(mariadb),
  mariadb: commandLine(mariadb),
  'mariadb-admin': admin(mariadb),
  'mariadb-dump': dump(mariadb),
};

/** The official MariaDB image, 11.8. From 11 on it has no programs named mysql. */
export const mariadbImage: Image = {
  names: ['mariadb', 'library/mariadb', 'docker.io/library/mariadb', 'docker.io/mariadb'],
  tags: ['11.8', '11.8.6', '11', 'lts'],
  entrypoint: ['docker-entrypoint.sh'],
  command: ['mariadbd'],
  env: {PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'},
  workingDirectory: '/',
  volumes: ['/var/lib/mysql'],
  files: {
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
  program: name => programs[name.replace(/^(\/usr)?(\/local)?\/s?bin\//, '')],
};
