/** What differs between the two simulated servers. */
export interface Flavour {
  name: 'mariadb' | 'mysql';
  /** As the server tells it, e.g. in select version(). */
  version: string;
  /** e.g. 110806: what executable comments are compared with. */
  versionId: number;
  /** @@version_comment */
  versionComment: string;
  /** In syntax errors: which manual to check. */
  product: string;
  collation: string;
  /** How passwords are checked on the wire. */
  authentication: 'mysql_native_password' | 'caching_sha2_password';
  /** The server's program, e.g. mariadbd. */
  server: string;
  socket: string;
}

/** MariaDB 11.8.6 as Debian packages it. */
export const mariadb: Flavour = {
  name: 'mariadb',
  version: '11.8.6-MariaDB-0+deb13u1 from Debian',
  versionId: 110806,
  versionComment: '-- Please help get to 10k stars at https://github.com/MariaDB/Server',
  product: 'MariaDB',
  collation: 'utf8mb4_uca1400_ai_ci',
  authentication: 'mysql_native_password',
  server: 'mariadbd',
  socket: '/run/mysqld/mysqld.sock',
};

/** MySQL 9.7.4 as Debian packages it. */
export const mysql: Flavour = {
  name: 'mysql',
  version: '9.7.4-2',
  versionId: 90704,
  versionComment: '(Debian)',
  product: 'MySQL',
  collation: 'utf8mb4_0900_ai_ci',
  authentication: 'caching_sha2_password',
  server: 'mysqld',
  socket: '/var/run/mysqld/mysqld.sock',
};
