import {randomBytes} from 'node:crypto';
import type {ProgramNotFound} from '../programs/program.ts';

/** What containerd says of a command that cannot be run in a running container. */
export const execFailed = (error: ProgramNotFound) =>
  `failed to exec in container: failed to start exec "${randomBytes(32).toString('hex')}": ` +
  `OCI runtime exec failed: exec failed: unable to start container process: ${notFound(error)}: unknown`;

/** What containerd says of a container whose command the image lacks. */
export const startFailed = (error: ProgramNotFound) =>
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: ' +
  `runc create failed: unable to start container process: ${notFound(error)}: unknown`;

const notFound = ({program, message}: ProgramNotFound) =>
  program.includes('/') ? `exec: "${program}": stat ${program}: no such file or directory` : message;
