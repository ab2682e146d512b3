import {compileRegex} from '../lab/regex.ts';
import type {AnswerCheck, Look, LookedUpAnswer, ObjectAnswer, Probe} from '../lab/schema.ts';
import {fillInAll, type Variables} from '../lab/variables.ts';
import {type Millis, refOf} from '../world/object.ts';
import {isTrue, textsOf} from './cel.ts';
import type {Mismatch} from './judgement.ts';
import {type Scene, select} from './select.ts';

/** One object's answer to a look, as src/kube brings it. */
export interface Answer {
  object: string;
  node?: string;
  ok: boolean;
  text: string;
}

/** What a probe or an answer came to so far. */
export type LookState =
  | {status: 'matched'; at: Millis}
  /** `changed`: what was heard first, in this step, was something else. */
  | {status: 'unmatched'; mismatches: Mismatch[]; wrongAnswer?: string; nothing?: boolean; changed?: boolean}
  /** It could not be asked, time and again. */
  | {status: 'failed'; cause: unknown};

/** A look whose objects are chosen and whose variables are filled in. */
export type Request =
  | {type: 'log'; pod: ReturnType<typeof refOf>; container?: string; previous: boolean}
  | {type: 'exec'; pod: ReturnType<typeof refOf>; container?: string; command: string[]}
  | {type: 'files'; node: string; path: string}
  | {type: 'local'; port: number}
  | {type: 'node'; node: string};

/** Whom to ask what, now. Empty when there is nobody to ask. */
export function requestsOf(look: Look, scene: Scene, variables: Variables): Request[] {
  const filled = fillInAll(look, variables);
  if ('files' in filled) return [{type: 'files', ...filled.files}];
  if ('local' in filled) return [{type: 'local', ...filled.local}];
  if ('node' in filled) return [{type: 'node', node: filled.node.name}];
  const {object, container, ...rest} = 'log' in filled ? filled.log : filled.exec;
  const pods = select(object, scene).filter(pod => pod.metadata.deletionTimestamp === undefined);
  return pods.flatMap((pod): Request | Request[] => {
    const common = {pod: refOf(object.kind, pod), ...(container === undefined ? {} : {container})};
    if ('command' in rest) return {type: 'exec', ...common, command: rest.command};
    const logs = rest.previous === 'both' ? [true, false] : [rest.previous];
    return logs.map(previous => ({type: 'log' as const, ...common, previous}));
  });
}

/** What is not as the probe wants it; empty when it is. Nobody asked is not a match. */
export function probeMismatches(probe: Probe, answers: readonly Answer[]): Mismatch[] {
  if (probe.cel !== undefined && answers.length > 0 && isTrue(probe.cel, {answers})) return [];
  const closed = closedPorts(probe, answers);
  if (closed.length > 0) return closed;
  if (probe.cel !== undefined) {
    const heard = answers.map(({object, text}) => `${object}: ${lastLines(text, 1)}`).join('\n');
    return [
      {type: 'output', object: answers.map(({object}) => object).join(', '), wanted: probe.cel, found: heard},
    ];
  }
  const wanted = probe.matches ?? '';
  const pattern = compileRegex(wanted, 'm');
  const wrong = answers.filter(answer => !pattern.test(answer.text));
  if (answers.length === 0) return [{type: 'output', object: '', wanted, found: ''}];
  return wrong.map(({object, text}) => ({type: 'output', object, wanted, found: lastLines(text, 1)}));
}

const closedPorts = ({look}: Probe, answers: readonly Answer[]): Mismatch[] =>
  [look].flat().flatMap(one => {
    if (!('local' in one)) return [];
    const {port} = one.local;
    const answer = answers.find(({object, ok}) => !ok && object === `127.0.0.1:${port}`);
    return answer ? [{type: 'port-closed', port, why: answer.text}] : [];
  });

/** All that counts as a right answer, as the cluster says it now. */
export function rightAnswers(check: LookedUpAnswer, answers: readonly Answer[]): string[] {
  const pattern = compileRegex(check.find, 'g');
  const found = answers
    .filter(answer => answer.ok)
    .flatMap(({text}) => [...text.matchAll(pattern)].map(match => normal(check, match[1] ?? match[0])));
  return [...new Set(found)];
}

/** The same, where the objects say it themselves: each selected one gives a text or several. */
export function rightFromObjects(check: ObjectAnswer, scene: Scene, variables: Variables): string[] {
  const {object, value} = fillInAll(check, variables);
  const objects = select(object, scene);
  const found = objects.flatMap(self => textsOf(value, {...scene.remembered, self, objects}));
  return [...new Set(found.map(text => normal(check, text)))];
}

export const isRight = (check: AnswerCheck, given: string, right: readonly string[]): boolean =>
  right.includes(normal(check, given));

function normal({compare}: AnswerCheck, text: string): string {
  const bare = text.trim().replace(/^['"`]+|['"`,.:]+$/g, '');
  return compare === 'basename' ? (bare.split('/').findLast(part => part !== '') ?? '') : bare;
}

/**
 * What of a log tells why a program ended: its first lines that speak of an error, since the later ones follow from
 * them; without such lines, its end.
 */
export function tellingLines(log: string): string {
  const errors = log.split('\n').filter(line => /\b(error|fatal|panic|exception)\b/i.test(line));
  return errors.length > 0 ? [...new Set(errors)].slice(0, 3).join('\n') : lastLines(log, 4);
}

/** The end of what a program said: where the error is. */
export const lastLines = (text: string, count: number): string =>
  text.trimEnd().split('\n').slice(-count).join('\n');
