import type {Registry} from '../../registry/registry.ts';
import type {Claim, Volume} from '../../volume-matching.ts';
import type {Controller} from '../controller.ts';
import {fromKey, keyOf, reconciler} from '../reconciler.ts';
import {syncClaim} from './sync-claim.ts';
import {syncVolume} from './sync-volume.ts';

/**
 * Brings claims and PersistentVolumes together, one to one, and says of each how it stands: the
 * persistentvolume-controller. A volume's key is its name, a claim's has a namespace too.
 */
export const persistentVolumeBinder: Controller = context => {
  const looks = claimLooks(context.registry);
  reconciler(context, {
    name: 'persistentvolume-controller',
    watches: {
      persistentvolumes: ({object}) => [keyOf(object), ...itsClaim(context.registry, object)],
      persistentvolumeclaims: ({object}) => [keyOf(object), ...itsVolume(object)],
    },
    reconcile(key) {
      const {namespace, name} = fromKey(key);
      if (namespace === undefined) return syncVolume(context, name);
      const claim = context.registry.get('persistentvolumeclaims', namespace, name);
      const isNew = looks(key, claim);
      return claim && syncClaim(context, claim, isNew);
    },
  });
};

/** Tells whether it is the first look at a claim: those that are there at the start were seen by a process before this. */
function claimLooks(registry: Registry) {
  const seen = new Map(
    registry.list('persistentvolumeclaims').map(claim => [keyOf(claim), claim.metadata.uid]),
  );
  return (key: string, claim: Claim | undefined): boolean => {
    const isNew = claim !== undefined && seen.get(key) !== claim.metadata.uid;
    if (claim) seen.set(key, claim.metadata.uid);
    else seen.delete(key);
    return isNew;
  };
}

/** A claim that could have a volume which is free finds it at its next look: the real controller takes its time too. */
function itsClaim(registry: Registry, {spec}: Volume): string[] {
  const {namespace, name} = spec?.claimRef ?? {};
  const claim = name && registry.get('persistentvolumeclaims', namespace, name);
  return claim ? [keyOf(claim)] : [];
}

const itsVolume = ({spec}: Claim) => (spec?.volumeName ? [spec.volumeName] : []);
