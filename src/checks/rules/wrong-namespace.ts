import {refOf} from '../../world/object.ts';
import {satisfying} from '../condition.ts';
import type {Rule} from './rule.ts';

/** What the step asks for is there, but in another namespace. Only namespaces that are watched can tell. */
export const wrongNamespace: Rule = ({milestone, mismatches, scene}) => {
  const selector = milestone.object;
  const missing = mismatches.some(({type}) => type === 'missing');
  if (!selector || !missing || (selector.name === undefined && selector.labels === undefined))
    return undefined;
  const others = new Set(
    scene.world
      .objects(selector.kind)
      .flatMap(({metadata}) => metadata.namespace ?? [])
      .filter(name => name !== scene.namespace),
  );
  for (const namespace of others) {
    const [object] = satisfying({}, selector, {...scene, namespace});
    if (!object) continue;
    return {
      code: 'wrong-namespace',
      facts: {found: namespace, wanted: scene.namespace},
      object: refOf(selector.kind, object),
      path: 'metadata.namespace',
      verdict: 'off-track',
    };
  }
  return undefined;
};
