import type {Stored} from '../../objects.ts';

/** At the end, unless it is there. */
export function addFinalizer({metadata}: Stored<unknown>, finalizer: string): void {
  metadata.finalizers ??= [];
  if (!metadata.finalizers.includes(finalizer)) metadata.finalizers.push(finalizer);
}
