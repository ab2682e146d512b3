import type {Container} from 'kubernetes-types/core/v1.d.ts';
import type {ExitStatus} from '../../programs/program.ts';
import {readLog} from '../logs/read-log.ts';
import type {ContainerHandle} from './start-container.ts';

/** What a kubelet takes of it at most, in bytes; of a log, besides, in lines. */
const maxMessage = 4096;
const maxFromLog = {bytes: 2048, lines: 80};

/** What a container left to be told about its end: in a file, or, when it failed and asked for that, in its log. */
export async function terminationMessage(
  {terminationMessagePath = '/dev/termination-log', terminationMessagePolicy}: Container,
  {running, logPath}: ContainerHandle,
  {code}: ExitStatus,
): Promise<string> {
  const left = await running.files.readFile(terminationMessagePath).catch(() => '');
  if (left !== '' || code === 0 || terminationMessagePolicy !== 'FallbackToLogsOnError')
    return left.slice(0, maxMessage);
  const options = {
    follow: false,
    timestamps: false,
    tailLines: maxFromLog.lines,
    signal: new AbortController().signal,
  };
  let text = '';
  for await (const chunk of readLog(logPath, undefined, options)) text += chunk.toString();
  return text.slice(-maxFromLog.bytes);
}
