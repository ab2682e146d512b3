import type {Image, Program} from '../program.ts';
import {admin} from './client/admin.ts';
import {commandLine} from './client/command-line.ts';
import {dump} from './client/dump.ts';
import {mysql} from './flavour.ts';
import {databaseServer} from './server/database-server.ts';
import {entrypoint} from './server/entrypoint.ts';

/** By name. The server is in /usr/sbin, the entrypoint in /usr/local/bin, the clients are in /usr/bin. */
const programs: Readonly<Record<string, Program>> = {
  'docker-entrypoint.sh': entrypoint(mysql),
  mysqld: databaseServer(mysql),
  mysql: commandLine(mysql),
  mysqladmin: admin(mysql),
  mysqldump: dump(mysql),
};

/** The official MySQL image, 9.7. */
export const mysqlImage: Image = {
  names: ['mysql', 'library/mysql', 'docker.io/library/mysql', 'docker.io/mysql'],
  tags: ['9.7', '9.7.4', '9', 'lts', 'latest'],
  entrypoint: ['docker-entrypoint.sh'],
  command: ['mysqld'],
  env: {PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'},
  workingDirectory: '/',
  volumes: ['/var/lib/mysql'],
  files: {
    '/etc/mysql/conf.d/': '',
    '/etc/mysql/mysql.conf.d/': '',
    '/etc/my.cnf': '[mysqld]\nsocket=/var/run/mysqld/mysqld.sock\n\n!includedir /etc/mysql/conf.d/\n',
    '/docker-entrypoint-initdb.d/': '',
    '/var/run/mysqld/': '',
    '/var/lib/mysql/': '',
    '/usr/local/bin/docker-entrypoint.sh': '#!/bin/bash\n# simulated\n',
    '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nmysql:x:999:999:MySQL Server:/nonexistent:/bin/false\n',
  },
  size: 540_000_000,
  program: name => programs[name.replace(/^(\/usr)?(\/local)?\/s?bin\//, '')],
};
