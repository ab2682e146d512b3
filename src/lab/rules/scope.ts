import {type Capabilities, type DefaultClass, type Need, unmetNeed} from '../needs.ts';
import {bindingModes, type LabFile, type Needs, volumeFates} from '../schema.ts';

/** The variables that every lab has on every cluster, apart from its images and what it remembers. */
export const builtIn = ['namespace', 'dataDir', 'nodeSelector'];

/** Variables that only some clusters have, and what a lab or step must need to be on one of them. */
const ofSomeClusters: Record<string, {by: string; isThere: (cluster: Capabilities) => boolean}> = {
  worker1: {by: 'workers: 1', isThere: ({workers}) => workers >= 1},
  worker2: {by: 'workers: 2', isThere: ({workers}) => workers >= 2},
  sharedDir: {by: 'sharedDirectory', isThere: cluster => cluster.sharedDirectory !== undefined},
  storageClass: {by: 'defaultClass', isThere: cluster => cluster.defaultClass !== undefined},
  bindingMode: {by: 'storageClasses', isThere: cluster => cluster.defaultClass?.bindingMode !== undefined},
  provisioner: {by: 'storageClasses', isThere: cluster => cluster.defaultClass?.provisioner !== undefined},
};
export const clusterVariables = Object.keys(ofSomeClusters);

/** A place in a lab where names are used; without a step it is the lab as a whole, without a milestone the step's end. */
export interface Spot {
  step?: number;
  milestone?: number;
  /** Known beside what is remembered, e.g. `outage` in a step's `### after`. */
  also?: string[];
}

/** What is missing in `needs` for a variable of some clusters to be known here; undefined when nothing is. */
export function needMissing(name: string, lab: LabFile, spot: Spot): string | undefined {
  const variable = ofSomeClusters[name];
  return !variable || clustersAt(lab, spot).every(variable.isThere) ? undefined : variable.by;
}

/**
 * The names that are remembered, on every cluster that comes here, when a milestone is judged, or, without one, at the
 * end of the step. A name from a step that some of these clusters skip is none of them.
 */
export function rememberedAt(lab: LabFile, spot: Spot & {step: number}): string[] {
  const known = clustersAt(lab, spot).map(cluster => new Set(rememberedOn(cluster, lab, spot)));
  const [first = new Set<string>(), ...others] = known;
  return [...first].filter(name => others.every(names => names.has(name)));
}

/** Everything that is remembered anywhere in the lab. */
export const allRemembered = (lab: LabFile): string[] =>
  lab.steps.flatMap(step => step.milestones.flatMap(({remember}) => remember ?? []));

const rememberedOn = (cluster: Capabilities, lab: LabFile, {step, milestone}: Spot & {step: number}) =>
  lab.steps
    .slice(0, step + 1)
    .flatMap((one, index) =>
      unmetNeed(one.needs, cluster)
        ? []
        : one.milestones
            .slice(0, index === step ? milestone : undefined)
            .filter(({when}) => !unmetNeed(when, cluster)),
    )
    .flatMap(({remember}) => remember ?? []);

/** Every sort of cluster that comes to a place in the lab. */
function clustersAt(lab: LabFile, {step, milestone}: Spot): Capabilities[] {
  const here = step === undefined ? undefined : lab.steps[step];
  const when = milestone === undefined ? undefined : here?.milestones[milestone]?.when;
  const all = [lab.needs, here?.needs, when].filter(needs => needs !== undefined);
  return sortsOfClusters(lab).filter(cluster => all.every(needs => !unmetNeed(needs, cluster)));
}

/** Every cluster there can be, as far as the lab's needs, and the variables of some clusters, tell them apart. */
function sortsOfClusters(lab: LabFile): Capabilities[] {
  const needs = needsIn(lab);
  const asked = (...names: Need[]) => needs.some(one => names.some(name => one[name] !== undefined));
  const workers = [...new Set([0, 1, 2, ...needs.flatMap(one => one.workers ?? [])])];
  const hostPaths = asked('hostPath') ? [true, false] : [true];
  const allowed = asked('nodeOperations', 'nodeChanges', 'persistentVolumes') ? [true, false] : [true];
  const classes = asked('bindingMode', 'volumes') ? sortsOfClasses : sortsOfClasses.slice(0, 1);
  return workers.flatMap(count =>
    hostPaths.flatMap(hostPath =>
      allowed.flatMap(may =>
        [{}, {sharedDirectory: '/shared'}].flatMap(shared =>
          [{}, unknownClass, ...classes.map(defaultClass => ({defaultClass}))].map(standard => ({
            workers: count,
            hostPath,
            nodeOperations: may,
            nodeChanges: may,
            persistentVolumes: may,
            ...shared,
            ...standard,
          })),
        ),
      ),
    ),
  );
}

/** Claims get a class, and nobody may look at it. */
const unknownClass = {
  defaultClass: {name: 'standard'},
  unseen: ['storageclasses.storage.k8s.io'],
};

const sortsOfClasses: DefaultClass[] = bindingModes.flatMap(bindingMode =>
  volumeFates.map(volumes => ({name: 'standard', provisioner: 'example.org/any', bindingMode, volumes})),
);

const needsIn = (lab: LabFile): Needs[] =>
  [
    lab.needs,
    ...lab.steps.flatMap(({needs, milestones}) => [needs, ...milestones.map(({when}) => when)]),
  ].filter(needs => needs !== undefined);
