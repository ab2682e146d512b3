import type {CrashCause} from '../facts/containers.ts';

/** What programs say in their logs, and what it means; what says most comes first. */
const tells: readonly (readonly [CrashCause, RegExp])[] = [
  ['no-password', /Database is uninitialized and password option is not specified/],
  ['directory-not-empty', /--initialize specified but the data directory has files in it/],
  [
    'directory-locked',
    /Unable to lock \.\/ibdata1|Can't lock aria control file|another (?:mysqld|mariadbd) process/,
  ],
  [
    'foreign-files',
    /Unsupported redo log format|Invalid MySQL server (?:up|down)grade|Cannot (?:up|down)grade server|was created with (?:MySQL|MariaDB)/,
  ],
  ['access-denied', /Access denied for user '([^']*)'/],
  [
    'no-server',
    /(?:Can't connect to (?:MySQL )?server on|Unknown (?:MySQL )?server host) '([^']+)'|Can't connect to local (?:MySQL )?server/,
  ],
  ['unknown-option', /unknown (?:option|variable) '([^']+)'/],
  ['unknown-option', /(?:unrecognized|invalid) option (?:-- )?'?([^'\s]+)'?/],
  ['program-missing', /(?:^|: )([\w./-]+): (?:command )?not found/m],
  ['program-missing', /can't open '([^']+)': No such file/],
  ['read-only', /Read-only file system|\berrno: 30\b|Errcode: 30/i],
  ['disk-full', /No space left on device|\berrno: 28\b/],
  ['port-taken', /Address already in use|Bind on TCP\/IP port/],
  ['permission', /Permission denied|Operation not permitted|\berrno: 13\b|Errcode: 13/i],
];

export interface Crash {
  exitCode: number;
  reason?: string;
  log: string;
}

/** Why a container ended, as far as its log or the kubelet tells. */
export function crashCause({reason, log}: Crash): {cause?: CrashCause; detail?: string} {
  if (reason === 'OOMKilled') return {cause: 'out-of-memory'};
  for (const [cause, pattern] of tells) {
    const match = pattern.exec(log);
    if (match) return {cause, ...(match[1] === undefined ? {} : {detail: match[1]})};
  }
  return {};
}
