import {claimNames} from '../../claim-names.ts';
import type {Of} from '../../objects.ts';
import type {Controller} from '../controller.ts';
import {fromKey, itself, reconciler} from '../reconciler.ts';

/** A claim that is being deleted stays as long as a Pod on a node uses it, be it finished or not. */
export const claimProtection: Controller = context => {
  const {registry} = context;
  reconciler(context, {
    name: 'pvc-protection-controller',
    watches: {
      persistentvolumeclaims: itself,
      pods: ({object, type}) => (type === 'ADDED' ? [] : claimKeys(object)),
    },
    reconcile(key) {
      const {namespace, name} = fromKey(key);
      const claim = registry.get('persistentvolumeclaims', namespace, name);
      if (!claim) return;
      const isUsed = () =>
        registry.list('pods', namespace).some(pod => isOnNode(pod) && claimKeys(pod).includes(key));
      const protect = claim.metadata.deletionTimestamp === undefined;
      if (protect || !isUsed())
        registry.change('persistentvolumeclaims', claim, draft =>
          setFinalizer(draft, claimFinalizer, protect),
        );
    },
  });
};

/** A volume that is being deleted stays as long as it is bound. */
export const volumeProtection: Controller = context => {
  const {registry} = context;
  reconciler(context, {
    name: 'pv-protection-controller',
    watches: {persistentvolumes: itself},
    reconcile(name) {
      const volume = registry.get('persistentvolumes', undefined, name);
      if (!volume) return;
      const protect = volume.metadata.deletionTimestamp === undefined;
      if (protect || volume.status?.phase !== 'Bound')
        registry.change('persistentvolumes', volume, draft => setFinalizer(draft, volumeFinalizer, protect));
    },
  });
};

const claimFinalizer = 'kubernetes.io/pvc-protection';
const volumeFinalizer = 'kubernetes.io/pv-protection';

const isOnNode = ({spec}: Of<'pods'>) => spec?.nodeName !== undefined;

const claimKeys = (pod: Of<'pods'>) => claimNames(pod).map(name => `${pod.metadata.namespace}/${name}`);

function setFinalizer({metadata}: Pick<Of<'pods'>, 'metadata'>, finalizer: string, there: boolean): void {
  const others = (metadata.finalizers ?? []).filter(one => one !== finalizer);
  if (there !== metadata.finalizers?.includes(finalizer))
    metadata.finalizers = there ? [...others, finalizer] : others;
}
