import type {Flavour} from '../flavour.ts';

/** A file's path within the data directory, and its size in bytes: what a fresh server makes. */
export type SystemFile = readonly [path: string, size: number];

const KiB = 1024;
const MiB = 1024 * KiB;

/** The files of a data directory right after its initialisation, but for ibdata1. */
export const systemFiles = (flavour: Flavour): readonly SystemFile[] =>
  flavour.name === 'mariadb' ? mariadbFiles : mysqlFiles;

/** Files that only a running server has: a clean shutdown removes them, a crash leaves them. */
export const runtimeFiles = (flavour: Flavour): readonly SystemFile[] =>
  flavour.name === 'mariadb'
    ? [
        ['ddl_recovery.log', 9],
        ['ibtmp1', 12 * MiB],
        ['tc.log', 24 * KiB],
      ]
    : [['ibtmp1', 12 * MiB]];

/** Tables of the mysql database by engine, as mariadb-install-db leaves them. */
const ariaTables =
  'column_stats columns_priv db event func global_priv help_category help_keyword help_relation help_topic ' +
  'index_stats plugin proc procs_priv proxies_priv roles_mapping servers table_stats tables_priv time_zone ' +
  'time_zone_leap_second time_zone_name time_zone_transition time_zone_transition_type';
const innodbTables = 'gtid_slave_pos innodb_index_stats innodb_table_stats transaction_registry';
const csvTables = 'general_log slow_log';

const each = (names: string, files: (name: string) => SystemFile[]) => names.split(' ').flatMap(files);

const mariadbFiles: readonly SystemFile[] = [
  ['aria_log.00000001', 408 * KiB],
  ['aria_log_control', 52],
  ['ib_buffer_pool', 790],
  ['ib_logfile0', 96 * MiB],
  ['multi-master.info', 0],
  ['undo001', 10 * MiB],
  ['undo002', 10 * MiB],
  ['undo003', 10 * MiB],
  ...each(ariaTables, name => [
    [`mysql/${name}.MAD`, 16 * KiB],
    [`mysql/${name}.MAI`, 24 * KiB],
    [`mysql/${name}.frm`, 2 * KiB],
  ]),
  ...each(innodbTables, name => [
    [`mysql/${name}.frm`, 2 * KiB],
    [`mysql/${name}.ibd`, 64 * KiB],
  ]),
  ...each(csvTables, name => [
    [`mysql/${name}.CSM`, 35],
    [`mysql/${name}.CSV`, 0],
    [`mysql/${name}.frm`, 2 * KiB],
  ]),
  ['mysql/user.frm', 13588],
  ['sys/sys_config.MAD', 16 * KiB],
  ['sys/sys_config.MAI', 16 * KiB],
  ['sys/sys_config.frm', 2160],
  ['sys/version.frm', 501],
];

const certificates: readonly SystemFile[] = [
  ['ca-key.pem', 1705],
  ['ca.pem', 1108],
  ['client-cert.pem', 1108],
  ['client-key.pem', 1705],
  ['private_key.pem', 1705],
  ['public_key.pem', 452],
  ['server-cert.pem', 1108],
  ['server-key.pem', 1705],
];

const redoLogs: readonly SystemFile[] = Array.from({length: 32}, (_, index) => [
  `#innodb_redo/#ib_redo${index + 5}${index === 0 ? '' : '_tmp'}`,
  3200 * KiB,
]);

const mysqlFiles: readonly SystemFile[] = [
  ['#ib_16384_0.dblwr', 4 * MiB],
  ['#ib_16384_1.dblwr', 12 * MiB],
  ['auto.cnf', 56],
  ['binlog.000001', 1791],
  ['binlog.000002', 198],
  ['binlog.index', 32],
  ...certificates,
  ['ib_buffer_pool', 3669],
  ['mysql.ibd', 26 * MiB],
  ['mysql_upgrade_history', 210],
  ['undo_001', 16 * MiB],
  ['undo_002', 16 * MiB],
  ...redoLogs,
  ...each(csvTables, name => [
    [`mysql/${name}.CSM`, 35],
    [`mysql/${name}.CSV`, 0],
  ]),
  ['mysql/general_log_224.sdi', 5972],
  ['mysql/slow_log_225.sdi', 12505],
  ['sys/sys_config.ibd', 112 * KiB],
];
