/** What comes up or goes down all at once, and is counted whenever somebody looks. */
const counted = /^(deployments|replicasets|daemonsets)\//;

/**
 * Leaves out counts on the way from one to another: with two Pods that get ready together, 1/2 is seen or is not.
 * Those of a StatefulSet, which takes one Pod after the other, stay.
 * @param states of the form ready/wanted, with words behind
 */
export function turningPoints(object: string, states: readonly string[]): string[] {
  if (!counted.test(object)) return [...states];
  const kept: string[] = [];
  for (const state of states) {
    if (isBetween(kept.at(-2), kept.at(-1), state)) kept.pop();
    kept.push(state);
  }
  return kept;
}

function isBetween(before: string | undefined, state: string | undefined, after: string): boolean {
  const [one, two, three] = [parse(before), parse(state), parse(after)];
  if (!one || !two || !three || one.rest !== two.rest || two.rest !== three.rest) return false;
  return (
    (one.ready < two.ready && two.ready < three.ready) || (one.ready > two.ready && two.ready > three.ready)
  );
}

function parse(state: string | undefined): {ready: number; rest: string} | undefined {
  const [, ready, rest] = /^(\d+)(\/.*)$/.exec(state ?? '') ?? [];
  return ready === undefined || rest === undefined ? undefined : {ready: Number(ready), rest};
}
