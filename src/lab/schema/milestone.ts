import {z} from 'zod';
import {databaseIds} from '../databases.ts';
import {answer, probe} from './looks.ts';
import {id, plainName, rememberedName} from './names.ts';
import {needs} from './needs.ts';
import {condition, expression, selector} from './objects.ts';

const seconds = z.int().positive();
const usualSeconds = z
  .union([
    seconds,
    z.strictObject(
      Object.fromEntries(databaseIds.map(id => [id, seconds])) as Record<
        (typeof databaseIds)[number],
        typeof seconds
      >,
    ),
  ])
  .describe('Seconds it usually takes, for the countdown; in a lab with a database also by the database.');
export type UsualSeconds = z.infer<typeof usualSeconds>;

const kinds = ['match', 'seen', 'gone', 'kept', 'replaced', 'moved', 'probe', 'answer'] as const;

export const milestone = z
  .strictObject({
    id,
    when: needs
      .optional()
      .describe('The milestone counts only on a cluster like that; elsewhere it is left out.'),
    object: selector.optional(),
    match: condition
      .optional()
      .describe('One selected object is so now, and still is when the step is reached.'),
    seen: condition
      .optional()
      .describe('One selected object was so at some time since the milestone before.'),
    gone: z.literal(true).optional().describe('No selected object is left.'),
    kept: rememberedName.optional().describe('This very object is still there, and was all the time.'),
    replaced: rememberedName.optional().describe('There is one of the same name with another UID.'),
    moved: rememberedName.optional().describe('A selected Pod runs on another node than this one did.'),
    probe: probe.optional(),
    answer: answer.optional(),
    count: z.int().nonnegative().optional().describe('With match or seen: exactly so many objects are so.'),
    holds: z.int().positive().optional().describe('Seconds it must last without a break.'),
    never: expression
      .optional()
      .describe(
        'With seen: must not have been true at any time in the life of the object seen. `objects` are all of its selector without is and not.',
      ),
    remember: plainName
      .optional()
      .describe('Keep the object under this name for later milestones, steps and sentences.'),
    waits: z
      .enum(['learner', 'cluster'])
      .optional()
      .describe(
        'Who has to act while it is not so. Without it: fields of spec are the learner’s, those of status the cluster’s.',
      ),
    expect: z
      .strictObject({
        within: usualSeconds,
        because: z
          .string()
          .describe('The reason, a key of the messages or a sentence key of the lab’s text.'),
      })
      .optional(),
  })
  .superRefine((it, context) => {
    const given = kinds.filter(kind => it[kind] !== undefined);
    if (given.length !== 1) {
      const message = `needs exactly one of ${kinds.join(', ')}${given.length > 1 ? `, has ${given.join(' and ')}` : ''}`;
      context.addIssue({code: 'custom', message});
    }
    const needsObject = given.some(kind => ['match', 'seen', 'gone', 'moved'].includes(kind));
    if (needsObject && !it.object)
      context.addIssue({code: 'custom', path: ['object'], message: `${given[0]} needs object`});
  })
  .describe('One observable fact that a step waits for. Those of a step are reached in their order.');
export type Milestone = z.infer<typeof milestone>;
