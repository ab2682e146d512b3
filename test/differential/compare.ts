import {normalise} from './normalise/normalise.ts';
import type {Recording} from './recording.ts';
import type {Session} from './session.ts';

/** How far two clusters did the same in one session. */
export interface Comparison {
  session: string;
  commands: Compared[];
  objects: Compared[];
}

export interface Compared {
  /** The command line, or the object's name. */
  what: string;
  expected: string;
  got: string;
}

export const agrees = ({expected, got}: Compared): boolean => expected === got;

/** Compares what was recorded of a session on one cluster with another's. Pure. */
export function compare(session: Session, expected: Recording, got: Recording): Comparison {
  const [one, other] = [normalise(expected, session), normalise(got, session)];
  const commands = session.steps.map(({run}, index) => ({
    what: run,
    expected: tell(run, one.steps[index]),
    got: tell(run, other.steps[index]),
  }));
  const names = [...new Set([...one.objects.keys(), ...other.objects.keys()])].sort();
  const objects = names.map(what => ({
    what,
    expected: (one.objects.get(what) ?? []).join('\n--\n'),
    got: (other.objects.get(what) ?? []).join('\n--\n'),
  }));
  return {session: session.name, commands, objects};
}

type NormalisedStep = ReturnType<typeof normalise>['steps'][number];

/** Everything that a command did, as one text. */
function tell(run: string, step: NormalisedStep | undefined): string {
  if (step?.run !== run) return '(not recorded since the session was changed)';
  const {exit, stdout, stderr, unsettled} = step;
  return [
    `exit ${exit}`,
    ...(unsettled ? [`never came: ${unsettled}`] : []),
    ...(stderr ? [`stderr:\n${stderr}`] : []),
    ...(stdout ? [`stdout:\n${stdout}`] : []),
  ].join('\n');
}
