import type {Taint, Toleration} from 'kubernetes-types/core/v1.d.ts';

/** Does this toleration forgive the taint? An empty key with Exists forgives all, an empty effect any effect. */
export const tolerates = (
  {key = '', operator = 'Equal', value = '', effect = ''}: Toleration,
  taint: Taint,
) =>
  (effect === '' || effect === taint.effect) &&
  (key === '' || key === taint.key) &&
  (operator === 'Exists' || (operator === 'Equal' && value === (taint.value ?? '')));

export const isTolerated = (taint: Taint, tolerations: readonly Toleration[] = []) =>
  tolerations.some(toleration => tolerates(toleration, taint));
