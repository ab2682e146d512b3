import {z} from 'zod';
import {id, plainName} from './schema/names.ts';
import {needs} from './schema/needs.ts';
import {watchKind} from './schema/objects.ts';
import {step} from './schema/step.ts';

export type {AnswerCheck, Look, LookedUpAnswer, ObjectAnswer, Probe} from './schema/looks.ts';
export type {Milestone, UsualSeconds} from './schema/milestone.ts';
export {bindingModes, type Needs, needNames, volumeFates} from './schema/needs.ts';
export {type Condition, type Selector, type WatchKind, watchKinds} from './schema/objects.ts';
export type {Outage, Step, WrongWay} from './schema/step.ts';

export const labSchema = z
  .strictObject({
    apiVersion: z.literal('statelab.dev/v1'),
    kind: z.literal('Lab'),
    id,
    minutes: z.int().positive().describe('How long a learner takes.'),
    needs: needs.default({}).describe('A lab whose needs are not met does not start, and says why.'),
    database: z
      .boolean()
      .default(false)
      .describe(
        'The lab runs a database, MariaDB or, with --database mysql, MySQL: ${image.db}, ${db.title}, ${db.client}, ${db.admin}, ${db.server} and ${db.env} are those of that one.',
      ),
    images: z
      .record(plainName, z.string())
      .default({})
      .describe('Images by role. ${image.role} stands for one.'),
    watches: z.array(watchKind).min(1).describe('The kinds the engine looks at.'),
    steps: z.array(step).min(1),
  })
  .describe(
    'A lab of statelab. Its sentences stand beside it in en.md and ja.md, its manifests under manifests/<id>.',
  );

/** lab.yaml as it is after defaults were filled in. */
export type LabFile = z.infer<typeof labSchema>;
