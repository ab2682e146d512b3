import type {FieldFacts} from './types.ts';

const goNames: Readonly<Record<string, string>> = {
  boolean: 'bool',
  byte: '[]uint8',
  double: 'float64',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'int32',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 'string',
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 'string',
};

/**
 * What Go calls the type of a field's value, as messages about a wrong one do: int32, v1.PodSpec, []v1.Container,
 * map[string]string. Scalars that read themselves (times, int-or-string) are named by what they read.
 */
export const goTypeOf = (field: FieldFacts): string => field.goType ?? derivedGoType(field.type);

export function derivedGoType(type: string): string {
  if (type === '{}io.k8s.apimachinery.pkg.api.resource.Quantity') return 'v1.ResourceList';
  if (type.startsWith('[]')) return `[]${elementGoType(type.slice(2))}`;
  if (type.startsWith('{}')) return `map[string]${elementGoType(type.slice(2))}`;
  return goNames[type] ?? type.split('.').slice(-2).join('.');
}

/** What Go calls the type of one element of a list or map. */
export const goItemType = (goType: string): string => goType.replace(/^(\[\]|map\[[^\]]*\])/, '');

const elementGoType = (type: string) =>
  type === 'io.k8s.apimachinery.pkg.apis.meta.v1.Time' ? 'v1.Time' : derivedGoType(type);
