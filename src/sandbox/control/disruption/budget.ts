import {selects} from '../../label-selector.ts';
import type {Of} from '../../objects.ts';
import type {Registry} from '../../registry/registry.ts';
import type {Pod} from '../workload/pods.ts';

/** A PodDisruptionBudget. */
export type Budget = Of<'poddisruptionbudgets.policy'>;

/** Whose events they are. */
export const source = {component: 'controllermanager'};

/** The budgets that select a Pod. */
export const budgetsOf = (registry: Registry, {metadata}: Pod): Budget[] =>
  registry
    .list('poddisruptionbudgets.policy', metadata.namespace)
    .filter(({spec}) => selects(spec?.selector, metadata.labels));
