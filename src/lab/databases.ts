/** The databases that a lab with `database: true` can run; the first is the one that it runs when nothing is said. */
export const databaseIds = ['mariadb', 'mysql'] as const;
export type DatabaseId = (typeof databaseIds)[number];

/** What of a database a lab's commands, manifests and sentences name. */
export interface Database {
  image: string;
  /** What people call it. */
  title: string;
  /** The program that talks SQL. */
  client: string;
  admin: string;
  server: string;
  /** What the names of the image's environment variables begin with. */
  env: string;
  /** Seconds for which a server tries to get the lock of its files before it gives up. */
  lockWait: number;
}

/** MariaDB's image has had no program called mysql since its version 11, and MySQL's none called mariadb. */
export const databases: Readonly<Record<DatabaseId, Database>> = {
  mariadb: {
    image: 'mariadb:11.8',
    title: 'MariaDB',
    client: 'mariadb',
    admin: 'mariadb-admin',
    server: 'mariadbd',
    env: 'MARIADB',
    lockWait: 30,
  },
  mysql: {
    image: 'mysql:9.7',
    title: 'MySQL',
    client: 'mysql',
    admin: 'mysqladmin',
    server: 'mysqld',
    env: 'MYSQL',
    lockWait: 100,
  },
};
