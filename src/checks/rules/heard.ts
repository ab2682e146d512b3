import type {KubeObject} from '../../world/object.ts';
import {inLab} from '../select.ts';
import type {RuleContext} from './rule.ts';

/** What a program that a probe ran said last, or the server behind a port of this machine. */
export interface Heard {
  object: string;
  text: string;
  pod?: KubeObject;
}

/**
 * All that the unmatched looks of a probe brought, by the names of those asked, whoever answered first; nothing where
 * nobody was asked.
 */
export function heard({mismatches, scene}: RuleContext): Heard[] {
  const all = mismatches.flatMap((mismatch): Heard[] => {
    if (mismatch.type !== 'output' || mismatch.object === '') return [];
    const {object: objects, found} = mismatch;
    const lines = found.split('\n');
    // Where a condition takes all answers together, each line says whose it is.
    return objects.split(', ').map(object => {
      const own = lines.find(line => line.startsWith(`${object}:`));
      const [pod] = inLab({kind: 'pods', name: object}, scene);
      return {object, text: own?.slice(object.length + 1).trim() ?? found, ...(pod ? {pod} : {})};
    });
  });
  return all.sort((a, b) => (a.object < b.object ? -1 : 1));
}

/** The first answer in which a pattern is found, with what its first group holds. */
export function heardOf(
  pattern: RegExp,
  context: RuleContext,
): (Heard & {groups: (string | undefined)[]}) | undefined {
  for (const one of heard(context)) {
    const match = pattern.exec(one.text);
    if (match) return {...one, groups: match.slice(1)};
  }
  return undefined;
}
