import {type Capabilities, type Need, unmetNeed} from '../lab/needs.ts';
import type {LabFile, Step} from '../lab/schema.ts';
import type {SkipReason} from './events.ts';

const reasons: Record<Need, SkipReason> = {
  workers: 'needs-workers',
  hostPath: 'needs-host-path',
  sharedDirectory: 'needs-shared-directory',
  nodeOperations: 'needs-node-operations',
  defaultClass: 'needs-default-class',
  bindingMode: 'needs-binding-mode',
  volumes: 'needs-volumes',
};

/** Why a step is left out on a cluster; undefined when it is not. */
export function whySkipped({needs}: Pick<Step, 'needs'>, cluster: Capabilities): SkipReason | undefined {
  const need = unmetNeed(needs, cluster);
  return need && reasons[need];
}

/** A lab as it is on a cluster: without the milestones that count only on others. */
export const labOn = <L extends LabFile>(lab: L, cluster: Capabilities): L => ({
  ...lab,
  steps: lab.steps.map(step => ({
    ...step,
    milestones: step.milestones.filter(({when}) => !unmetNeed(when, cluster)),
  })),
});
