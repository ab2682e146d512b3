import {readFile, writeFile} from 'node:fs/promises';
import {parse, stringify} from 'yaml';

/** What happened in one session on one cluster, as it was seen. */
export interface Recording {
  /** Versions of kubectl and of the server. */
  client: string;
  server: string;
  /** Role by node name: server, agent-0, agent-1. */
  nodes: Record<string, string>;
  steps: RecordedStep[];
  objects: ObjectHistory[];
}

export interface RecordedStep {
  run: string;
  exit: number;
  stdout: string;
  stderr: string;
  /** What was waited for in vain after it. */
  unsettled?: string;
}

/** One object's life during a session: each state that differs from the one before, in one line each. */
export interface ObjectHistory {
  /** For example pods/web-0. */
  object: string;
  states: string[];
}

export async function readRecording(file: string): Promise<Recording> {
  return parse(await readFile(file, 'utf8')) as Recording;
}

export async function writeRecording(file: string, recording: Recording): Promise<void> {
  await writeFile(file, stringify(recording, {lineWidth: 0, blockQuote: 'literal'}));
}
