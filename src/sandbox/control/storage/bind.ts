import {bindCompleted, boundByController, type Claim, type Volume} from '../../volume-matching.ts';
import type {ControlContext} from '../controller.ts';
import {setVolumePhase} from './phases.ts';

/**
 * Writes into a volume and its claim that they belong together: the volume first, so that a crash in between is found
 * and finished from there.
 */
export function bind(context: ControlContext, volume: Volume, claim: Claim): void {
  reserveFor(context, volume, claim);
  setVolumePhase(context, volume, 'Bound');
  complete(context, volume, claim);
  sayBound(context, volume, claim);
}

function reserveFor({registry}: ControlContext, volume: Volume, claim: Claim): void {
  registry.change('persistentvolumes', volume, draft => {
    const {apiVersion, kind, metadata} = claim;
    const {namespace, name, uid, resourceVersion} = metadata;
    if (draft.spec?.claimRef?.uid === uid) return;
    const wasFree = draft.spec?.claimRef === undefined;
    draft.spec = {
      ...draft.spec,
      claimRef: {apiVersion, kind, namespace, name, uid, resourceVersion},
    } as NonNullable<Volume['spec']>;
    if (wasFree) draft.metadata.annotations = {...draft.metadata.annotations, [boundByController]: 'yes'};
  });
}

function complete({registry}: ControlContext, volume: Volume, claim: Claim): void {
  registry.change('persistentvolumeclaims', claim, draft => {
    const {metadata, spec = {}} = draft;
    const chosenHere = !spec.volumeName;
    draft.spec = {...spec, volumeName: volume.metadata.name};
    metadata.annotations = {
      ...metadata.annotations,
      [bindCompleted]: 'yes',
      ...(chosenHere && {[boundByController]: 'yes'}),
    };
  });
}

function sayBound({registry}: ControlContext, {spec}: Volume, claim: Claim): void {
  registry.change(
    'persistentvolumeclaims',
    claim,
    draft => {
      draft.status = {
        ...draft.status,
        phase: 'Bound',
        accessModes: [...(spec?.accessModes ?? [])],
        capacity: {...spec?.capacity},
      };
    },
    {subresource: 'status'},
  );
}
