import {allOf, available, isActive, type Rollout, type Scaling, sum, wanted} from './rollout.ts';

/** The next step of a rolling update: what to scale up, or else what to scale down; nothing while it has to wait. */
export function rollingStep(rollout: Rollout): Scaling[] {
  const {newest} = rollout;
  if (!newest) return [];
  const replicas = newestSize(rollout);
  return replicas === wanted(newest) ? scaleDownOld(rollout, newest) : [{replicaSet: newest, replicas}];
}

/** What the newest ReplicaSet should ask for now, also before there is one: as much as the surge allows. */
export function newestSize(rollout: Rollout): number {
  const {newest, replicas, rolling, maxSurge} = rollout;
  const now = newest ? wanted(newest) : 0;
  if (!rolling || now >= replicas) return replicas;
  const room = Math.max(0, replicas + maxSurge - sum(allOf(rollout)));
  return now + Math.min(room, replicas - now);
}

/** Unavailable Pods first, whose end costs nothing; then as many others as are available beyond the minimum. */
function scaleDownOld(rollout: Rollout, newest: NonNullable<Rollout['newest']>): Scaling[] {
  const old = rollout.old.filter(isActive);
  const all = allOf(rollout);
  const minAvailable = rollout.replicas - rollout.maxUnavailable;
  const canGo = sum(all) - minAvailable - (wanted(newest) - available(newest));
  if (old.length === 0 || canGo <= 0) return [];
  const left = new Map(old.map(one => [one, wanted(one)]));
  const take = (most: number, from: (one: (typeof old)[number]) => number) => {
    let taken = 0;
    for (const one of old) {
      const count = Math.min(most - taken, from(one));
      if (count <= 0) continue;
      left.set(one, (left.get(one) ?? 0) - count);
      taken += count;
    }
  };
  take(canGo, one => wanted(one) - available(one));
  take(sum(all, available) - minAvailable, one => left.get(one) ?? 0);
  return [...left].flatMap(([replicaSet, replicas]) =>
    replicas === wanted(replicaSet) ? [] : [{replicaSet, replicas}],
  );
}
