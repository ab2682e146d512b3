import {defaultClasses} from '../../engine/capabilities.ts';
import type {Check} from '../check.ts';
import {type Finding, ok, warn} from '../finding.ts';
import {labsNeeding} from '../needing.ts';
import {kubectlAt} from '../place.ts';

/** Which StorageClass is the default, when does it bind, and who provides its volumes? */
export const storageClass: Check = facts => {
  const {cluster} = facts;
  if (cluster?.state !== 'up' || !cluster.classes) return [];
  const {defaultClass: taken} = cluster.capabilities;
  const labs = labsNeeding(facts, 'defaultClass', 'bindingMode', 'volumes');
  if (!taken)
    return [
      warn(
        'storage-class',
        'class-none',
        {},
        {labs, mend: madeDefault(cluster.classes).map(command => kubectlAt(facts, command))},
      ),
    ];
  const {name, provisioner, bindingMode, volumes} = taken;
  const names = defaultClasses(cluster.classes).map(({metadata}) => metadata.name);
  const others = names.filter(other => other !== name);
  const found: Finding[] = [
    ok('storage-class', 'class-default', {
      name,
      ...(provisioner === undefined ? {} : {provisioner}),
      ...(bindingMode === undefined ? {} : {bindingMode}),
    }),
  ];
  if (others.length > 0)
    found.push(
      warn(
        'storage-class',
        'class-several',
        {names, taken: name},
        {labs, mend: others.map(name => kubectlAt(facts, noLonger(name)))},
      ),
    );
  if (volumes === 'empty') {
    const labs = labsNeeding(facts, 'volumes');
    found.push(warn('storage-class', 'class-starts-empty', {name}, {labs}));
  }
  return found;
};

const annotation = 'storageclass.kubernetes.io/is-default-class';
const noLonger = (name: string) => `annotate storageclass ${name} ${annotation}-`;

/** Which of several should be it is not for statelab to say. */
const madeDefault = (classes: readonly {metadata: {name: string}}[]): string[] =>
  classes.length === 1 && classes[0]
    ? [`annotate storageclass ${classes[0].metadata.name} ${annotation}=true`]
    : [];
