import type {PodSpec} from 'kubernetes-types/core/v1.d.ts';
import {baseline} from './baseline.ts';
import {restricted} from './restricted.ts';

/** What is wrong with a Pod: why in short, and where. */
export interface Violation {
  reason: string;
  detail: string;
}

/** One rule of the Pod Security Standards. */
export type Check = (spec: PodSpec) => Violation[];

export const levels = ['privileged', 'baseline', 'restricted'] as const;
export type Level = (typeof levels)[number];

/** In one line, e.g. `hostPath volumes (volume "data")`; nothing when the Pod is within the level. */
export function violations(spec: PodSpec, level: Level): string {
  const checks: Readonly<Record<Level, readonly Check[]>> = {privileged: [], baseline, restricted};
  return checks[level]
    .flatMap(check => check(spec))
    .map(({reason, detail}) => (detail === '' ? reason : `${reason} (${detail})`))
    .join(', ');
}
