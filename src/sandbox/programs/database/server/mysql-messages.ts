import type {Flavour} from '../flavour.ts';
import type {Log} from './log.ts';

/** What mysqld writes, measured with 9.7.4. */
export function mysqlMessages(log: Log<'System' | 'Warning' | 'ERROR'>, flavour: Flavour) {
  const program = `/usr/sbin/mysqld (mysqld ${flavour.version})`;
  const ended = () => log('System', '0 MY-015016 Server MySQL Server - end.');
  const complete = () =>
    log(
      'System',
      `0 MY-010910 Server /usr/sbin/mysqld: Shutdown complete (mysqld ${flavour.version})  (Debian).`,
    );
  const initializationEnds = () => log('System', '0 MY-015018 Server MySQL Server Initialization - end.');
  return {
    initializing(pid: number) {
      log('System', '0 MY-015017 Server MySQL Server Initialization - start.');
      log('System', `0 MY-013169 Server ${program} initializing of server in progress as process ${pid}`);
      log('System', "0 MY-015150 Server Server version with update: '9.7.4.0-2'");
    },
    initialized() {
      log('System', '1 MY-013576 InnoDB InnoDB initialization has started.');
      log('System', '1 MY-013577 InnoDB InnoDB initialization has ended.');
      log(
        'Warning',
        '6 MY-010453 Server root@localhost is created with an empty password ! ' +
          'Please consider switching off the --initialize-insecure option.',
      );
      initializationEnds();
    },
    directoryNotEmpty(datadir: string) {
      log(
        'ERROR',
        '0 MY-010457 Server --initialize specified but the data directory has files in it. Aborting.',
      );
      log(
        'ERROR',
        `0 MY-013236 Server The designated data directory ${datadir} is unusable. ` +
          'You can remove all files that the server added to it.',
      );
      log('ERROR', '0 MY-010119 Server Aborting');
      initializationEnds();
    },
    starting(pid: number) {
      log('System', '0 MY-015015 Server MySQL Server - start.');
      log('System', `0 MY-010116 Server ${program} starting as process ${pid}`);
      log('System', "0 MY-015150 Server Server version with update: '9.7.4.0-2'");
      log('System', '1 MY-013576 InnoDB InnoDB initialization has started.');
    },
    tablespaceLocked() {
      log('ERROR', '1 MY-012574 InnoDB Unable to lock ./ibdata1 error: 11');
    },
    lockNotFree() {
      log('ERROR', '1 MY-012592 InnoDB Operating system error number 11 in a file operation.');
      log('ERROR', "1 MY-012596 InnoDB Error number 11 means 'Resource temporarily unavailable'");
      log('ERROR', "1 MY-012215 InnoDB Cannot open datafile './ibdata1'");
      log(
        'ERROR',
        '1 MY-012959 InnoDB Could not open or create the system tablespace. If you tried to add new data files to ' +
          'the system tablespace, and it failed here, you should now edit innodb_data_file_path in my.cnf back to ' +
          'what it was, and remove the new ibdata files InnoDB created in this failed attempt. InnoDB only wrote ' +
          'those files full of zeros, but did not yet use them in any way. But be careful: do not remove old data ' +
          'files which contain your precious data!',
      );
      log('ERROR', '1 MY-012930 InnoDB Plugin initialization aborted with error Cannot open a file.');
      this.aborting();
    },
    aborting() {
      log('ERROR', '1 MY-010334 Server Failed to initialize DD Storage Engine');
      log('ERROR', '0 MY-010020 Server Data Dictionary initialization failed.');
      log('ERROR', '0 MY-010119 Server Aborting');
      complete();
      ended();
    },
    /** @param crashed the last server ended without a shutdown */
    innodbStarted(crashed: boolean) {
      log('System', '1 MY-013577 InnoDB InnoDB initialization has ended.');
      if (crashed) {
        log('System', '0 MY-010229 Server Starting XA crash recovery...');
        log('System', '0 MY-010232 Server XA crash recovery finished.');
      }
      log('Warning', '0 MY-010068 Server CA certificate ca.pem is self signed.');
      log(
        'System',
        '0 MY-013602 Server Channel mysql_main configured to support TLS. ' +
          'Encrypted connections are now supported for this channel.',
      );
    },
    /** @param port 0 without networking */
    ready(socket: string, port: number) {
      if (port > 0)
        log(
          'System',
          "0 MY-011323 Server X Plugin ready for connections. Bind-address: '127.0.0.1' port: 33060, " +
            'socket: /var/run/mysqld/mysqlx.sock',
        );
      log(
        'System',
        `0 MY-010931 Server /usr/sbin/mysqld: ready for connections. Version: '${flavour.version}'  ` +
          `socket: '${socket}'  port: ${port}  ${flavour.versionComment}.`,
      );
    },
    /** @param by a user, for the SHUTDOWN statement */
    stopping(by: string | undefined) {
      log(
        'System',
        `0 MY-013172 Server Received SHUTDOWN from user ${by ?? '<via user signal>'}. ` +
          `Shutting down mysqld (Version: ${flavour.version}).`,
      );
    },
    stopped() {
      complete();
      ended();
    },
    unknownOption(option: string) {
      log('ERROR', `0 MY-000067 Server unknown variable '${option.replace(/^--/, '')}'.`);
      log('ERROR', '0 MY-010119 Server Aborting');
      complete();
      ended();
    },
  };
}
