/**
 * The learning path: the labs in the order in which they build on one another, each with those whose ground it takes
 * for known (and, through them, with all that those take for known).
 */
const learningPath: Readonly<Record<string, readonly string[]>> = {
  'hostpath-deployment': [],
  'static-pv': ['hostpath-deployment'],
  emptydir: [],
  'hostpath-pod': ['hostpath-deployment'],
  pvc: ['static-pv'],
  statefulset: ['pvc'],
  'emptydir-statefulset': ['emptydir', 'statefulset'],
  takeover: ['statefulset'],
  'node-loss': ['takeover'],
};

const pathIds = Object.keys(learningPath);

/** Labs in the order of the path; those that are not on it come last, by name. */
export function inPathOrder(ids: readonly string[]): string[] {
  const place = (id: string) => (pathIds.includes(id) ? pathIds.indexOf(id) : pathIds.length);
  return [...ids].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

/** The labs whose ground a lab takes for known. */
export const presupposedBy = (id: string): readonly string[] =>
  Object.hasOwn(learningPath, id) ? (learningPath[id] ?? []) : [];
