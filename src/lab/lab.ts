import type {LabFile, Step} from './schema.ts';

export const languages = ['en', 'ja'] as const;
export type Language = (typeof languages)[number];

/** What en.md or ja.md says under one step's heading. All of it is Markdown that may hold ${variables}. */
export interface StepText {
  title: string;
  body: string;
  /** From vague to exact. */
  hints: string[];
  /** By the option's id. */
  options: Record<string, string>;
  /** What is asked of the learner in a predict or find, or at the end of a do. */
  question?: string;
  /** Shown once the step is reached. */
  after?: string;
  /** What a milestone says when it comes true, by its id. */
  milestones: Record<string, string>;
  /** Why something takes time, by the key that a milestone's `expect.because` names. */
  because: Record<string, string>;
}

/** en.md or ja.md, parsed. */
export interface LabText {
  title: string;
  intro: string;
  steps: Record<string, StepText>;
  debrief?: string;
}

/** A lab as loaded: checked, with every language's text and the manifests. */
export interface Lab extends LabFile {
  texts: Record<Language, LabText>;
  /** By file name: the YAML that the learner applies, still with its ${variables}. */
  manifests: Record<string, string>;
}

/** The namespace that everything of a lab lives in. */
export const namespaceOf = (lab: {id: string}) => `statelab-${lab.id}`;

/** The directory, on every node, that all hostPath volumes of a lab lie under. Reset removes it. */
export const nodeDirectoryOf = (lab: {id: string}) => `/var/lib/statelab/${lab.id}`;

export const stepOf = (lab: LabFile, id: string): Step | undefined => lab.steps.find(step => step.id === id);
