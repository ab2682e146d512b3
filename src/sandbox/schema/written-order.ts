import type {KubeObject} from '../objects.ts';

/** The fields of metadata in the order in which Go writes the struct. */
const metadataFields = [
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'managedFields',
];

/** The object with its outer fields in the order in which the real server writes them: what it is first. */
export const inWrittenOrder = ({kind, apiVersion, metadata, ...rest}: KubeObject): KubeObject => ({
  ...(kind !== undefined && {kind}),
  ...(apiVersion !== undefined && {apiVersion}),
  ...(metadata && {metadata: picked(metadata, metadataFields)}),
  ...rest,
});

/** The object as error messages repeat it: its outer fields and maps by name, its metadata as above. */
export function inMessageOrder(object: KubeObject): object {
  const {metadata, ...rest} = inWrittenOrder(object);
  return picked({...sortedMaps(rest), ...(metadata && {metadata})}, []);
}

/** First the fields of these names, then the others by name. */
function picked(value: object, first: readonly string[]): Record<string, unknown> {
  const fields = new Map(Object.entries(value));
  const names = [
    ...first.filter(name => fields.has(name)),
    ...[...fields.keys()].filter(name => !first.includes(name)).sort(),
  ];
  return Object.fromEntries(names.map(name => [name, fields.get(name)]));
}

const sortedMaps = (object: object) =>
  Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null && !Array.isArray(value) ? picked(value, []) : value,
    ]),
  );
