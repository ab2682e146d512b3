import type {Stored} from '../objects.ts';
import type {Registry} from './registry.ts';
import type {ResourceType} from './resource-type.ts';
import type {Strategy} from './strategy.ts';

/** What one write is about. */
export interface Writing {
  type: ResourceType;
  strategy: Strategy;
  registry: Registry;
  /** Milliseconds since the epoch. */
  now: number;
}

/** An object while it is being written: a copy that may be edited. */
export type Draft = Stored;

/** RFC 3339 in whole seconds. */
export const timestamp = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');

export const apiVersionOf = ({group, version}: ResourceType): string =>
  group === '' ? version : `${group}/${version}`;
