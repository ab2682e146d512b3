import type {Container} from 'kubernetes-types/core/v1.d.ts';
import type {LabelSelector} from 'kubernetes-types/meta/v1.d.ts';

/** Parts of cells that several tables have. */
export const none = '<none>';
export const unset = '<unset>';

/** The text, or <none> for nothing. */
export const orNone = (text: string | undefined): string => (text ? text : none);

export const containerNames = (containers: readonly Container[] = []) =>
  containers.map(({name}) => name).join(',');
export const containerImages = (containers: readonly Container[] = []) =>
  containers.map(({image}) => image).join(',');

/** `a=b,c=d`, by key. */
export const labels = (labels: Readonly<Record<string, string>> = {}): string =>
  orNone(
    Object.entries(labels)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
  );

/** `a=b,tier in (cache,db)`, by key; <none> for one that selects all, or no selector. */
export function labelSelector(selector: LabelSelector | undefined): string {
  const equal = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({
    key,
    text: `${key}=${value}`,
  }));
  const expressions = (selector?.matchExpressions ?? []).map(({key, operator, values = []}) => ({
    key,
    text: expression(key, operator, [...values].sort().join(',')),
  }));
  const requirements = [...equal, ...expressions].sort((a, b) => (a.key < b.key ? -1 : 1));
  return orNone(requirements.map(({text}) => text).join(','));
}

function expression(key: string, operator: string, values: string): string {
  if (operator === 'In') return `${key} in (${values})`;
  if (operator === 'NotIn') return `${key} notin (${values})`;
  return operator === 'DoesNotExist' ? `!${key}` : key;
}

/** A pointer to a boolean. */
export const booleanText = (value: boolean | undefined): string => {
  if (value === undefined) return unset;
  return value ? 'True' : 'False';
};
