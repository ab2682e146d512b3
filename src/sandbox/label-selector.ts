import type {LabelSelector} from 'kubernetes-types/meta/v1.d.ts';

type Labels = Readonly<Record<string, string>>;

/** One expression of a label selector, or of a node selector, which alone knows Gt and Lt. */
export interface Requirement {
  key: string;
  /** In, NotIn, Exists, DoesNotExist, Gt or Lt; anything else is met by nothing. */
  operator: string;
  values?: string[];
}

/** Does the selector select these labels? No selector selects nothing, an empty one everything. */
export function selects(selector: LabelSelector | undefined, labels: Labels = {}): boolean {
  if (!selector) return false;
  const {matchLabels = {}, matchExpressions = []} = selector;
  return selectsExactly(matchLabels, labels) && matchExpressions.every(one => meets(one, labels));
}

/** The older kind of selector, a map, as Services have it: every label must have just this value. */
export const selectsExactly = (selector: Labels, labels: Labels = {}) =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

/** Do these labels meet one requirement? */
export function meets({key, operator, values = []}: Requirement, labels: Labels): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return value !== undefined && Number(value) > Number(values[0]);
    case 'Lt':
      return value !== undefined && Number(value) < Number(values[0]);
    default:
      return false;
  }
}
