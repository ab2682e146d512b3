import {uptime} from './server-state.ts';
import type {Session} from './session.ts';

/** SHOW STATUS, by name: what is counted here, and a few that clients ask for. */
export function serverStatus({server}: Session): [string, string][] {
  const running = [...server.sessions.values()].filter(session => session.running).length;
  return [
    ['Aborted_clients', '0'],
    ['Aborted_connects', '0'],
    ['Connections', String(server.nextConnection)],
    ['Innodb_buffer_pool_pages_total', '8112'],
    ['Max_used_connections', String(server.sessions.size)],
    ['Open_tables', '14'],
    ['Opened_tables', '31'],
    ['Queries', String(server.questions)],
    ['Questions', String(server.questions)],
    ['Slow_queries', '0'],
    ['Ssl_cipher', ''],
    ['Threads_cached', '0'],
    ['Threads_connected', String(server.sessions.size)],
    ['Threads_created', String(server.nextConnection - 1)],
    ['Threads_running', String(running)],
    ['Uptime', String(uptime(server))],
    ['Uptime_since_flush_status', String(uptime(server))],
  ];
}

/** The line that mariadb-admin status shows. */
export function statusLine({server}: Session): string {
  const seconds = Math.max(1, uptime(server));
  return (
    `Uptime: ${uptime(server)}  Threads: ${server.sessions.size}  Questions: ${server.questions}  Slow queries: 0  ` +
    `Opens: 31  Open tables: 14  Queries per second avg: ${(server.questions / seconds).toFixed(3)}`
  );
}
