import {type Lab, nodeDirectoryOf} from '../lab/lab.ts';
import {nodeBaseline} from '../world/baseline.ts';
import type {WorldChange} from '../world/change.ts';
import {labVolumes} from '../world/lab-volumes.ts';
import {type NodeChange, type NodeState, nodeChanges} from '../world/node-change.ts';
import type {KubeObject, Millis} from '../world/object.ts';
import type {JournalEntry} from './journal.ts';
import {sharedDirectoryOf} from './place.ts';
import type {NodeInfo} from './ports.ts';

export interface RecorderOptions {
  lab: Pick<Lab, 'id'>;
  sharedMount: string | undefined;
  /** On a cluster of statelab's own everything is the learner's doing, and what becomes of machines is seen too. */
  isGuest: boolean;
}

/**
 * Says what is to be remembered of what happens outside the lab's namespace, so that it can be taken back whatever
 * becomes of this process. How things are when it first hears of them is how they were before.
 */
export class ChangeRecorder {
  readonly #options: RecorderOptions;
  readonly #nodes = new Map<string, NodeState>();
  readonly #machines = new Map<string, boolean>();
  readonly #volumes = new Set<string>();
  readonly #typed = new Set<string>();
  readonly #listed = {nodes: false, persistentvolumes: false};

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** A command goes through statelab: the nodes that it names are the learner's to change. */
  typed(command: string): void {
    for (const word of command.split(/[\s'"=,/]+/)) this.#typed.add(word);
  }

  /** What a watch of all nodes or all PersistentVolumes tells. */
  apply(change: WorldChange): JournalEntry[] {
    const {kind} = change.watch;
    if (kind !== 'nodes' && kind !== 'persistentvolumes') return [];
    if (change.type === 'blind' || change.type === 'sighted') return [];
    const known = this.#listed[kind];
    this.#listed[kind] = true;
    const objects = change.type === 'listed' ? change.objects : [change.object];
    if (kind === 'persistentvolumes')
      return change.type === 'deleted' ? [] : this.#followVolumes(objects, known, change.at);
    if (change.type === 'deleted') return this.#lose(change.object.metadata.name, change.at);
    const missing = [...this.#nodes.keys()].filter(
      name => change.type === 'listed' && !objects.some(({metadata}) => metadata.name === name),
    );
    return [
      ...missing.flatMap(name => this.#lose(name, change.at)),
      ...objects.flatMap(node => this.#become(this.#stateOf(node), change.at)),
    ];
  }

  /** Which machines run: the API shows it much later. */
  machines(machines: readonly NodeInfo[], at: Millis): JournalEntry[] {
    return machines.flatMap(({name, running}) => {
      this.#machines.set(name, running);
      const node = this.#nodes.get(name);
      return node ? this.#become({...node, running}, at) : [];
    });
  }

  #stateOf(node: KubeObject): NodeState {
    const running = this.#machines.get(node.metadata.name) ?? true;
    return {...nodeBaseline(node, running), registered: true};
  }

  #lose(name: string, at: Millis): JournalEntry[] {
    const node = this.#nodes.get(name);
    return node ? this.#become({...node, registered: false}, at) : [];
  }

  #become(now: NodeState, at: Millis): JournalEntry[] {
    const before = this.#nodes.get(now.name);
    this.#nodes.set(now.name, now);
    return before ? nodeChanges(before, now).flatMap(change => this.#entry(change, at)) : [];
  }

  /** On a guest's cluster much happens to nodes that is nobody's concern here. */
  #entry(change: NodeChange, at: Millis): JournalEntry[] {
    const typed = !this.#options.isGuest || this.#typed.has(change.node);
    if (!typed && change.field !== 'schedulable' && change.field !== 'taint') return [];
    return [{type: 'changed', at, change, typed}];
  }

  #followVolumes(objects: readonly KubeObject[], known: boolean, at: Millis): JournalEntry[] {
    const {lab, sharedMount} = this.#options;
    const paths = [
      nodeDirectoryOf(lab),
      ...(sharedMount === undefined ? [] : [sharedDirectoryOf(lab, sharedMount)]),
    ];
    return objects.flatMap(volume => {
      const {name, uid} = volume.metadata;
      const isNew = known && !this.#volumes.has(uid);
      this.#volumes.add(uid);
      // One that was there before it was claimed is somebody else's.
      return isNew && labVolumes(lab, paths, [volume]).length > 0
        ? [{type: 'volume-seen', at, name, uid} as const]
        : [];
    });
  }
}
