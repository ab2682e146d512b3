import {podSummary} from '../checks/pod-state.ts';
import {hasLabels} from '../checks/select.ts';
import type {Millis} from '../world/object.ts';
import {lastSeen, type World} from '../world/world.ts';
import type {PodState} from './events.ts';

/** The states that Pods go through, each told once, whichever step it is in. */
export class PodTimeline {
  readonly #told = new Map<string, string>();

  /**
   * The Pods whose state changed since the last call, with the time since each was first seen, in milliseconds. Of those
   * that were gone before `since` nothing is said.
   */
  news(world: World, namespace: string, labels: string, since: Millis): (PodState & {age: Millis})[] {
    return world.tracks('pods').flatMap(track => {
      const [first] = track.versions;
      const newest = track.versions.at(-1);
      const pod = lastSeen(track);
      if (
        !first ||
        !newest ||
        !pod ||
        pod.metadata.namespace !== namespace ||
        !hasLabels(pod.metadata.labels, labels)
      )
        return [];
      const gone = newest.object === undefined;
      if (gone && (newest.at < since || !this.#told.has(track.uid))) return [];
      const summary = podSummary(pod);
      const state = gone ? {...summary, status: 'Gone', ready: false} : summary;
      const text = JSON.stringify([state.status, state.ready, state.restarts]);
      if (this.#told.get(track.uid) === text) return [];
      this.#told.set(track.uid, text);
      return [{...state, age: newest.at - first.at}];
    });
  }
}
