import {readdirSync} from 'node:fs';
import type {Conversation} from '../../commands/view.ts';
import {ownWords} from './line.ts';

const verbs = [
  'apply',
  'delete',
  'describe',
  'edit',
  'exec',
  'explain',
  'get',
  'logs',
  'patch',
  'port-forward',
  'rollout',
  'scale',
  'set',
];

/** Completes the first words, and the names of the lab's manifests. */
export function completer(line: string, conversation: Conversation | undefined): [string[], string] {
  const words = line.trimStart().split(/\s+/);
  const last = words.at(-1) ?? '';
  const manifests = () => (conversation ? filesIn(conversation.directory) : []);
  const candidates =
    words.length === 1
      ? ['kubectl', ...ownWords]
      : words.length === 2 && words[0] === 'kubectl'
        ? verbs
        : manifests();
  return [candidates.filter(candidate => candidate.startsWith(last)).map(candidate => `${candidate} `), last];
}

/** The lab's manifests, and whatever else the learner put there. */
export function filesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
