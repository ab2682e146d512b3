import type {Flavour} from '../flavour.ts';
import type {Log} from './log.ts';

/** What mariadbd writes, measured with 11.8.6. */
export function mariadbMessages(log: Log<'Note' | 'Warning' | 'ERROR'>, flavour: Flavour) {
  const note = (message: string) => log('Note', message);
  const error = (message: string) => log('ERROR', message);
  const innodb = (message: string) => note(`InnoDB: ${message}`);
  const plugins = () => {
    note("Plugin 'FEEDBACK' is disabled.");
    note("Plugin 'wsrep-provider' is disabled.");
  };
  const prepareInnodb = () => {
    innodb('Compressed tables use zlib 1.3.1');
    innodb('Number of transaction pools: 1');
    innodb('Using AVX512 instructions');
    innodb('Using io_uring');
    innodb('innodb_buffer_pool_size_max=128m, innodb_buffer_pool_size=128m');
    innodb('Completed initialization of buffer pool');
    innodb('Buffered log writes (block size=512 bytes)');
  };
  return {
    /** @param uid the server_uid, base64 */
    starting(pid: number, uid: string) {
      log('Warning', 'Could not increase number of max_open_files to more than 20000 (request: 32184)');
      note(
        `Starting MariaDB ${flavour.version} source revision 9bfea48ce1214cc4470f6f6f8a4e30352cef84e7 ` +
          `server_uid ${uid} as process ${pid}`,
      );
    },
    waitsForLock(ariaControl: string) {
      error(
        `mariadbd: Can't lock aria control file '${ariaControl}' for exclusive use, error: 11. ` +
          'Will retry for 30 seconds',
      );
    },
    lockNotFree(ariaControl: string) {
      error(
        "mariadbd: Got error 'Could not get an exclusive lock; file is probably in use by another process' " +
          `when trying to use aria control file '${ariaControl}'`,
      );
      error("Plugin 'Aria' registration as a STORAGE ENGINE failed.");
      prepareInnodb();
      error('InnoDB: Unable to lock ./ibdata1 error: 11');
      innodb(
        'Check that you do not already have another mariadbd process using the same InnoDB data or log files.',
      );
      error('InnoDB: Plugin initialization aborted with error Generic error');
      innodb('Starting shutdown...');
      error("Plugin 'InnoDB' registration as a STORAGE ENGINE failed.");
      plugins();
      error(
        'Could not open mysql.plugin table: "Unknown storage engine \'Aria\'". Some plugins may be not loaded',
      );
      error('Failed to initialize plugins.');
      error('Aborting');
    },
    /** @param file ibdata1, or ib_logfile0 */
    fileMissing(file: string) {
      prepareInnodb();
      if (file === 'ibdata1') {
        innodb("The first data file './ibdata1' did not exist. A new tablespace will be created!");
        error(
          "InnoDB: undo tablespace './/undo001' exists. Creating system tablespace with existing undo tablespaces is " +
            'not supported. Please delete all undo tablespaces before creating new system tablespace.',
        );
        error(
          'InnoDB: Database creation was aborted with error Generic error. You may need to delete the ibdata1 file ' +
            'before trying to start up again.',
        );
      } else {
        error(`InnoDB: File ./${file} was not found`);
        error('InnoDB: Plugin initialization aborted with error Generic error');
      }
      innodb('Starting shutdown...');
      error("Plugin 'InnoDB' registration as a STORAGE ENGINE failed.");
      plugins();
      error('Unknown/unsupported storage engine: InnoDB');
      error('Aborting');
    },
    /** @param crashed the last server ended without a shutdown */
    innodbStarts(
      crashed: boolean,
      sequence: {checkpoint: number; end: number},
      datadir: string,
      stamp: string,
    ) {
      prepareInnodb();
      if (crashed) innodb(`Starting crash recovery from checkpoint LSN=${sequence.checkpoint}`);
      innodb(`End of log at LSN=${sequence.end}`);
      if (crashed && sequence.end > sequence.checkpoint)
        innodb(`To recover: ${Math.ceil((sequence.end - sequence.checkpoint) / 130)} pages`);
      innodb('Opened 3 undo tablespaces');
      innodb('128 rollback segments in 3 undo tablespaces are active.');
      if (crashed) innodb('Removed temporary tablespace data file: "./ibtmp1"');
      innodb("Setting file './ibtmp1' size to 12.000MiB. Physically writing the file full; Please wait ...");
      innodb("File './ibtmp1' size is now 12.000MiB.");
      innodb(`log sequence number ${sequence.end}; transaction id ${transactionId(sequence.end)}`);
      plugins();
      innodb(`Loading buffer pool(s) from ${datadir}ib_buffer_pool`);
      innodb(`Buffer pool(s) load completed at ${stamp}`);
      if (crashed) {
        note('Recovering after a crash using tc.log');
        note('Starting table crash recovery...');
        note('Crash table recovery finished.');
      }
    },
    listens(address: string, port: number) {
      note(`Server socket created on IP: '${address}', port: '${port}'.`);
    },
    /** @param port 0 without networking @returns the line without a time stamp */
    ready(socket: string, port: number) {
      note('mariadbd: Event Scheduler: Loaded 0 events');
      note('mariadbd: ready for connections.');
      return `Version: '${flavour.version}'  socket: '${socket}'  port: ${port}  ${flavour.versionComment}\n`;
    },
    /** @param by a user, for the SHUTDOWN statement */
    stopping(by: string | undefined, datadir: string, stamp: string) {
      note(`mariadbd (initiated by: ${by ?? 'unknown'}): Normal shutdown`);
      innodb('FTS optimize thread exiting.');
      innodb('Starting shutdown...');
      innodb(`Dumping buffer pool(s) to ${datadir}ib_buffer_pool`);
      innodb(`Buffer pool(s) dump completed at ${stamp}`);
    },
    stopped(end: number) {
      innodb('Removed temporary tablespace data file: "./ibtmp1"');
      innodb(`Shutdown completed; log sequence number ${end}; transaction id ${transactionId(end) + 1}`);
      note('mariadbd: Shutdown complete');
    },
    unknownOption(option: string) {
      error(`mariadbd: unknown option '${option}'`);
      error('Aborting');
    },
  };
}

const transactionId = (sequence: number) => 14 + Math.floor((sequence - 45_141) / 341);
