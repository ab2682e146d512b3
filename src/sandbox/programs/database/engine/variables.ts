import {SqlError} from '../errors.ts';
import type {Flavour} from '../flavour.ts';
import type {Value} from '../sql/values.ts';
import type {Session} from './session.ts';

/** System variables and their values at start, by name: those that somebody looks at or sets. */
export function systemVariables(flavour: Flavour): Map<string, string> {
  return new Map(
    Object.entries({...common(flavour), ...(flavour.name === 'mariadb' ? mariadbOnly : mysqlOnly)}),
  );
}

/** The value of @@name, @@global.name or @@session.name. @throws SqlError 1193 */
export function systemValue(session: Session, written: string): Value {
  const [, scope, name = ''] = /^@@(?:(\w+)\.)?(\w+)$/.exec(written.toLowerCase()) ?? [];
  const value = (scope === 'global' ? session.server.variables : session.variables).get(name);
  if (value === undefined) throw unknownVariable(name);
  if (value === 'ON' || value === 'OFF') return value === 'ON' ? 1 : 0;
  if (!isNumeric(value)) return value;
  return value.includes('.') || value.length < 16 ? Number(value) : BigInt(value);
}

/** Error 1193. */
export const unknownVariable = (name: string) =>
  new SqlError(1193, 'HY000', `Unknown system variable '${name}'`);

/** Those that hold a number in SELECT @@name. */
const isNumeric = (value: string) => /^-?\d+(\.\d+)?$/.test(value);

const common = (flavour: Flavour) => ({
  auto_increment_increment: '1',
  auto_increment_offset: '1',
  autocommit: 'ON',
  basedir: '/usr/',
  bind_address: '0.0.0.0',
  character_set_client: 'utf8mb4',
  character_set_connection: 'utf8mb4',
  character_set_database: 'utf8mb4',
  character_set_filesystem: 'binary',
  character_set_results: 'utf8mb4',
  character_set_server: 'utf8mb4',
  character_set_system: 'utf8mb3',
  collation_connection: flavour.collation,
  collation_database: flavour.collation,
  collation_server: flavour.collation,
  connect_timeout: '10',
  datadir: '/var/lib/mysql/',
  default_storage_engine: 'InnoDB',
  default_authentication_plugin: flavour.authentication,
  event_scheduler: 'OFF',
  expire_logs_days: '10',
  foreign_key_checks: 'ON',
  general_log: 'OFF',
  general_log_file: 'general.log',
  group_concat_max_len: '1048576',
  have_ssl: 'DISABLED',
  hostname: '',
  init_connect: '',
  innodb_buffer_pool_size: '134217728',
  innodb_file_per_table: 'ON',
  innodb_flush_log_at_trx_commit: '1',
  innodb_flush_method: 'O_DIRECT',
  innodb_lock_wait_timeout: '50',
  innodb_log_file_size: '100663296',
  innodb_strict_mode: 'ON',
  innodb_version: flavour.version.split('-')[0] ?? '',
  interactive_timeout: '28800',
  lc_time_names: 'en_US',
  license: 'GPL',
  local_infile: 'ON',
  log_bin: flavour.name === 'mysql' ? 'ON' : 'OFF',
  log_error: '',
  log_bin_trust_function_creators: 'OFF',
  log_output: 'FILE',
  long_query_time: '10.000000',
  lower_case_table_names: '0',
  max_allowed_packet: flavour.name === 'mysql' ? '67108864' : '16777216',
  max_connections: '151',
  net_read_timeout: '30',
  net_write_timeout: '60',
  performance_schema: flavour.name === 'mysql' ? 'ON' : 'OFF',
  pid_file: '/run/mysqld/mysqld.pid',
  port: '3306',
  protocol_version: '10',
  query_cache_size: '1048576',
  query_cache_type: 'OFF',
  read_only: 'OFF',
  secure_file_priv: '',
  server_id: '1',
  skip_name_resolve: 'OFF',
  skip_networking: 'OFF',
  slow_query_log: 'OFF',
  socket: flavour.socket,
  sql_auto_is_null: 'OFF',
  sql_log_bin: 'ON',
  sql_mode:
    flavour.name === 'mariadb'
      ? 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION'
      : 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
  sql_notes: 'ON',
  sql_quote_show_create: 'ON',
  sql_safe_updates: 'OFF',
  sql_select_limit: '18446744073709551615',
  sql_warnings: 'OFF',
  sync_binlog: flavour.name === 'mysql' ? '1' : '0',
  system_time_zone: 'UTC',
  table_open_cache: '2000',
  thread_cache_size: '151',
  time_zone: 'SYSTEM',
  tmpdir: '/tmp',
  transaction_isolation: 'REPEATABLE-READ',
  transaction_read_only: 'OFF',
  unique_checks: 'ON',
  version: flavour.version,
  version_comment: flavour.versionComment,
  version_compile_machine: 'x86_64',
  version_compile_os: flavour.name === 'mariadb' ? 'debian-linux-gnu' : 'Linux',
  wait_timeout: '28800',
});

const mariadbOnly = {
  aria_pagecache_buffer_size: '134217728',
  character_set_collations:
    'utf8mb3=utf8mb3_uca1400_ai_ci,ucs2=ucs2_uca1400_ai_ci,utf8mb4=utf8mb4_uca1400_ai_ci',
  note_verbosity: 'basic',
  old_mode: '',
  tx_isolation: 'REPEATABLE-READ',
  version_malloc_library: 'system',
  version_source_revision: '9bfea48ce1214cc4470f6f6f8a4e30352cef84e7',
};

const mysqlOnly = {
  authentication_policy: '*,,',
  gtid_mode: 'OFF',
  information_schema_stats_expiry: '86400',
  innodb_redo_log_capacity: '104857600',
  mysqlx_port: '33060',
  mysql_native_password: 'OFF',
  net_buffer_length: '16384',
};
