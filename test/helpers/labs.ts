import type {z} from 'zod';
import type {Lab, LabText, StepText} from '../../src/lab/lab.ts';
import {labSchema} from '../../src/lab/schema.ts';
import {namespace} from './objects.ts';

type LabInput = z.input<typeof labSchema>;

/** A lab of these steps, with texts that say what they are. Its namespace is that of the objects in tests. */
export function labOf(
  steps: LabInput['steps'],
  more: Partial<LabInput> = {},
  texts: Partial<StepText> = {},
): Lab {
  const file = labSchema.parse({
    apiVersion: 'statelab.dev/v1',
    kind: 'Lab',
    id: namespace.replace('statelab-', ''),
    minutes: 5,
    images: {},
    watches: ['pods'],
    steps,
    ...more,
  });
  const stepText = (id: string): StepText => ({
    title: `Title of ${id}`,
    body: `Body of ${id}.`,
    hints: [`First hint of ${id}.`, `Second hint of ${id}.`],
    options: {},
    milestones: {},
    because: {},
    ...texts,
  });
  const text: LabText = {
    title: 'A lab',
    intro: 'What it is about.',
    steps: Object.fromEntries(file.steps.map(({id}) => [id, stepText(id)])),
    debrief: 'What you saw.',
  };
  return {...file, texts: {en: text, ja: text}, manifests: {}};
}
