import type {Check} from '../check.ts';
import {ok} from '../finding.ts';
import {nodesEngine} from '../place.ts';

/** `k3d image import` loses images that Docker keeps in containerd (k3d#1538); statelab then copies them itself. */
export const imageStore: Check = facts => {
  const engine = nodesEngine(facts);
  if (!engine || facts.place.provider !== 'k3d') return [];
  return [ok('image-store', engine.containerdStore ? 'images-in-containerd' : 'images-in-docker', {})];
};
