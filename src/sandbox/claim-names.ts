import type {Of} from './objects.ts';

/** The names of the claims that a Pod's volumes are made of, in its namespace. */
export const claimNames = ({metadata, spec}: Of<'pods'>): string[] =>
  (spec?.volumes ?? []).flatMap(({name, persistentVolumeClaim, ephemeral}) => {
    if (persistentVolumeClaim) return [persistentVolumeClaim.claimName];
    return ephemeral ? [`${metadata.name}-${name}`] : [];
  });
