import type {z} from 'zod';
import type {Attempt} from '../../src/checks/attempt.ts';
import {judgeStep, type StepJudgement} from '../../src/checks/judge.ts';
import type {Remembered, Scene} from '../../src/checks/select.ts';
import {labSchema, type Milestone, type Step} from '../../src/lab/schema.ts';
import {namespace} from './objects.ts';
import {type Script, worldOf} from './script.ts';

const stepSchema = labSchema.shape.steps.element;
export type StepInput = z.input<typeof stepSchema>;
export type MilestoneInput = NonNullable<StepInput['milestones']>[number];

/** A step as lab.yaml would say it. */
export const stepOf = (input: Partial<StepInput>): Step =>
  stepSchema.parse({id: 'step', type: 'do', ...input});
export const milestoneOf = (input: MilestoneInput): Milestone => {
  const [milestone] = stepOf({milestones: [input]}).milestones;
  if (!milestone) throw new Error('no milestone');
  return milestone;
};

export interface Judging extends Partial<Omit<Attempt, 'step' | 'since'>> {
  milestones: MilestoneInput[];
  script: Script;
  /** In seconds; without it the end of the script. */
  at?: number;
  /** In seconds. */
  since?: number;
  remembered?: Remembered;
  expected?: string[];
  /** What the step tells to type. */
  command?: string;
}

export const sceneOf = (script: Script, remembered: Remembered = {}): Scene => ({
  world: worldOf(script),
  namespace,
  remembered,
});

/** Judges a step of these milestones at a time in the script. */
export function judged(judging: Judging): StepJudgement {
  const {
    milestones,
    script,
    at = script.at(-1)?.[0] ?? 0,
    since = 0,
    remembered = {},
    expected = [],
    command,
  } = judging;
  const {latched = [], looks = new Map(), evidence = new Map()} = judging;
  const attempt: Attempt = {
    step: stepOf({milestones, expected, ...(command === undefined ? {} : {command})}),
    since: since * 1000,
    latched,
    looks,
    evidence,
  };
  return judgeStep(attempt, {world: worldOf(script, at * 1000), namespace, remembered}, at * 1000);
}

export const judgementOf = (judging: Judging) => judged(judging).judgement;
export const diagnosisOf = (judging: Judging) => judgementOf(judging).diagnosis;
/** The milestones reached, in their order, with their times in seconds. */
export const reachedIn = (judging: Judging) =>
  judged(judging).reached.map(({milestone, at}) => [milestone, at / 1000]);
