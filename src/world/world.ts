import type {WatchKind} from '../lab/schema.ts';
import {type WatchTarget, type WorldChange, watchKey} from './change.ts';
import type {KubeObject, Millis} from './object.ts';

/** One version of an object; `object` is undefined from its deletion on. */
export interface Version {
  at: Millis;
  object: KubeObject | undefined;
}

/** All that was seen of one object (one UID), oldest first. */
export interface Track {
  kind: WatchKind;
  uid: string;
  /** It was there when the watch began: it may be much older than its first version. */
  found: boolean;
  versions: Version[];
}

/** A time in which a watch saw nothing and after which it had to list anew. */
export interface Gap {
  from: Millis;
  to: Millis;
}

interface Sight {
  listed: boolean;
  /** When it was first listed; nothing is known of the time before. */
  since?: Millis;
  blindSince?: Millis;
  cause?: unknown;
  lastSeen: Millis;
  gaps: Gap[];
}

/**
 * What the engine has seen of the cluster: the newest state of each watched object, and its history.
 * It only remembers; what it means is said in src/checks.
 */
export class World {
  readonly #tracks = new Map<string, Track>();
  readonly #sights = new Map<string, Sight>();

  constructor(watched: readonly WatchTarget[]) {
    for (const target of watched) this.#sights.set(watchKey(target), {listed: false, lastSeen: 0, gaps: []});
  }

  apply(change: WorldChange): void {
    const sight = this.#sights.get(watchKey(change.watch));
    if (!sight) return;
    if (change.type === 'blind') {
      sight.blindSince ??= change.at;
      sight.cause = change.cause;
      return;
    }
    if (change.type === 'listed') this.#relist(change.watch, change.objects, change.at, sight);
    if (change.type === 'put') this.#put(change.watch.kind, change.object, change.at, false);
    if (change.type === 'deleted') this.#bury(change.watch.kind, change.object.metadata.uid, change.at);
    delete sight.blindSince;
    delete sight.cause;
    sight.lastSeen = change.at;
  }

  /** Has every watch told, at least once, what there is? */
  get settled(): boolean {
    return [...this.#sights.values()].every(sight => sight.listed);
  }

  /** Since when, and why, one of the watches sees nothing; undefined while all see. */
  get blind(): {since: Millis; cause: unknown} | undefined {
    const blind = [...this.#sights.values()].filter(sight => sight.blindSince !== undefined);
    const [first] = blind.sort((a, b) => (a.blindSince ?? 0) - (b.blindSince ?? 0));
    return first && {since: first.blindSince ?? 0, cause: first.cause};
  }

  /** Is the kind watched at all, so that none of it means that there is none? */
  sees(kind: WatchKind): boolean {
    return [...this.#sights.keys()].some(key => key === kind || key.endsWith(`/${kind}`));
  }

  /** Every object of a kind that was ever seen, in the order of their first appearance. */
  tracks(kind: WatchKind): Track[] {
    return [...this.#tracks.values()].filter(track => track.kind === kind);
  }

  track(uid: string): Track | undefined {
    return this.#tracks.get(uid);
  }

  /** The objects of a kind as they were at a time (without it: as they are). */
  objects(kind: WatchKind, at: Millis = Number.POSITIVE_INFINITY): KubeObject[] {
    return this.tracks(kind).flatMap(track => versionAt(track, at)?.object ?? []);
  }

  /** The times after `since` at which an object of the kind changed, oldest first, each once. */
  changes(kind: WatchKind, since: Millis): Millis[] {
    const times = new Set<Millis>();
    for (const track of this.tracks(kind)) for (const {at} of track.versions) if (at > since) times.add(at);
    return [...times].sort((a, b) => a - b);
  }

  /** The times in which a change of this kind could have gone unseen. */
  gaps(kind: WatchKind): Gap[] {
    return this.#sightsOf(kind).flatMap(({gaps}) => gaps);
  }

  /** When all of the kind was listed first: that nothing was there before cannot be said. */
  knownFrom(kind: WatchKind): Millis {
    return Math.max(0, ...this.#sightsOf(kind).map(({since}) => since ?? 0));
  }

  #sightsOf = (kind: WatchKind): Sight[] =>
    [...this.#sights].flatMap(([key, sight]) => (key === kind || key.endsWith(`/${kind}`) ? [sight] : []));

  #put(kind: WatchKind, object: KubeObject, at: Millis, found: boolean): void {
    const {uid} = object.metadata;
    const track = this.#tracks.get(uid) ?? {kind, uid, found, versions: []};
    const last = track.versions.at(-1)?.object;
    if (last && last.metadata.resourceVersion === object.metadata.resourceVersion) return;
    track.versions.push({at: after(track, at), object});
    this.#tracks.set(uid, track);
  }

  #bury(kind: WatchKind, uid: string, at: Millis): void {
    const track = this.#tracks.get(uid);
    if (track?.kind === kind && track.versions.at(-1)?.object)
      track.versions.push({at: after(track, at), object: undefined});
  }

  #relist(target: WatchTarget, objects: KubeObject[], at: Millis, sight: Sight): void {
    const found = !sight.listed;
    if (sight.listed) sight.gaps.push({from: sight.blindSince ?? sight.lastSeen, to: at});
    sight.listed = true;
    sight.since ??= at;
    const present = new Set(objects.map(object => object.metadata.uid));
    for (const track of this.tracks(target.kind)) {
      const last = track.versions.at(-1)?.object;
      if (last && last.metadata.namespace === target.namespace && !present.has(track.uid))
        this.#bury(track.kind, track.uid, at);
    }
    for (const object of objects) this.#put(target.kind, object, at, found);
  }
}

/** Changes of an object that arrive in the same millisecond stay apart, in their order. In milliseconds. */
const moment = 0.001;
const after = ({versions}: Track, at: Millis): Millis =>
  Math.max(at, (versions.at(-1)?.at ?? Number.NEGATIVE_INFINITY) + moment);

/** The newest version not after `at`; undefined before the object was first seen. */
export function versionAt(track: Track, at: Millis): Version | undefined {
  return track.versions.findLast(version => version.at <= at);
}

/** Its state now; undefined when it is gone. */
export const current = (track: Track): KubeObject | undefined => track.versions.at(-1)?.object;

/** Its state when it was last seen, also when it is gone. */
export const lastSeen = (track: Track): KubeObject | undefined =>
  track.versions.findLast(version => version.object !== undefined)?.object;
