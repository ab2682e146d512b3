import {claimNames} from '../../claim-names.ts';
import {isOf, podLeft} from '../changes.ts';
import type {Pod} from '../cluster-state.ts';
import {type Filter, notNow} from '../filter.ts';

/** A claim that is ReadWriteOncePod is for one Pod at a time. */
export const volumeRestrictions: Filter = {
  name: 'VolumeRestrictions',
  prepare(pod, cluster) {
    const exclusive: string[] = [];
    for (const name of claimNames(pod)) {
      const claim = cluster.registry.get('persistentvolumeclaims', pod.metadata.namespace, name);
      if (!claim) return {rejected: `persistentvolumeclaim "${name}" not found`};
      if (claim.spec?.accessModes?.includes('ReadWriteOncePod')) exclusive.push(name);
    }
    if (exclusive.length === 0) return undefined;
    return {
      check: ({pods}) =>
        [...pods.values()].some(other => uses(other, pod, exclusive))
          ? notNow(
              'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
            )
          : undefined,
    };
  },
  mayHelp: (change, pod) =>
    (podLeft(change) && isOf(change, 'pods') && uses(change.object, pod, claimNames(pod))) ||
    (isOf(change, 'persistentvolumeclaims') &&
      change.object.metadata.namespace === pod.metadata.namespace &&
      claimNames(pod).includes(change.object.metadata.name)),
};

const uses = (other: Pod, pod: Pod, claims: readonly string[]) =>
  other.metadata.namespace === pod.metadata.namespace &&
  claimNames(other).some(name => claims.includes(name));
