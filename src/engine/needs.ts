import {type Capabilities, type Need, unmetNeed} from '../lab/needs.ts';
import type {LabFile, Step} from '../lab/schema.ts';
import type {SkipReason} from './events.ts';
import {withoutUnseen} from './unseen.ts';

const reasons: Record<Need, SkipReason> = {
  workers: 'needs-workers',
  hostPath: 'needs-host-path',
  sharedDirectory: 'needs-shared-directory',
  nodeOperations: 'needs-node-operations',
  nodeChanges: 'needs-node-changes',
  persistentVolumes: 'needs-persistent-volumes',
  defaultClass: 'needs-default-class',
  storageClasses: 'needs-storage-classes',
  bindingMode: 'needs-binding-mode',
  volumes: 'needs-volumes',
};

/** A step of a lab as it is on a cluster. */
export type StepOn = Step & {
  /** What it is about may not be looked at there. */
  unseen?: true;
};

/** Why a step is left out on a cluster; undefined when it is not. */
export function whySkipped(
  {needs, unseen}: Pick<StepOn, 'needs' | 'unseen'>,
  cluster: Capabilities,
): SkipReason | undefined {
  const need = unmetNeed(needs, cluster);
  if (!need) return unseen ? 'needs-rights' : undefined;
  const withheld = cluster.withheld?.[need];
  return withheld
    ? ({unasked: 'needs-consent', forbidden: 'needs-rights'} as const)[withheld]
    : reasons[need];
}

/** A lab as it is on a cluster: without the milestones that count only on others, or that nobody may look at there. */
export function labOn<L extends LabFile>(lab: L, cluster: Capabilities): L {
  const steps = lab.steps.map(step => ({
    ...step,
    milestones: step.milestones.filter(({when}) => !unmetNeed(when, cluster)),
  }));
  return {...lab, steps: withoutUnseen(steps, cluster.unseen ?? [])};
}
