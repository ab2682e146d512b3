import type {Stored} from '../../objects.ts';

/** What an event is about, named as some components do: not in a certain version. */
export const anyVersion = (object: Stored): Stored => ({
  ...object,
  metadata: {...object.metadata, resourceVersion: ''},
});

/** The same, and not by its UID either: kubelets speak so of their nodes, and the taint-eviction-controller of Pods. */
export const byName = (object: Stored): Stored => ({
  ...object,
  metadata: {...object.metadata, uid: '', resourceVersion: ''},
});
