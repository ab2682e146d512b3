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
