import {claimedClasses} from '../lab/claimed-classes.ts';
import type {Lab} from '../lab/lab.ts';
import {manifestObjects} from '../lab/manifest-objects.ts';
import type {Capabilities} from '../lab/needs.ts';
import type {KubeObject} from '../world/object.ts';

/**
 * PersistentVolumes of somebody else that the lab would take: a claim gets any free volume of its class, made for
 * whomever, before a new one is provided; and a manifest changes the volume that has its name already.
 * @param volumes those of the cluster, before the lab has begun there
 * @returns their names
 */
export function volumesInTheWay(
  lab: Lab,
  {defaultClass}: Capabilities,
  volumes: readonly KubeObject[],
): string[] {
  const made = manifestObjects(lab).filter(({kind}) => kind === 'PersistentVolume');
  const usesDefault = [lab.needs, ...lab.steps.map(({needs}) => needs)].some(needs => needs?.defaultClass);
  const classes = [...claimedClasses(lab), ...(usesDefault && defaultClass ? [defaultClass.name] : [])];
  return volumes
    .filter(({metadata: {name}, spec, status}) => {
      const {storageClassName = '', claimRef} = (spec ?? {}) as {
        storageClassName?: string;
        claimRef?: object;
      };
      const free = (status as {phase?: string} | undefined)?.phase === 'Available' && claimRef === undefined;
      return made.some(volume => volume.name === name) || (free && classes.includes(storageClassName));
    })
    .filter(({metadata: {labels = {}}}) => labels['statelab.dev/lab'] !== lab.id)
    .map(({metadata: {name}}) => name);
}
