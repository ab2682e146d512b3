import type {Stored} from '../objects.ts';
import type {Registry} from './registry.ts';
import type {ResourceType} from './resource-type.ts';
import type {Strategy, StrategyContext} from './strategy.ts';

/** Has the last word about a new object that is valid. @throws StatusError */
export type Admit = (type: ResourceType, object: Stored, context: StrategyContext) => void;

/** What one write is about. */
export interface Writing {
  type: ResourceType;
  strategy: Strategy;
  registry: Registry;
  /** See RegistryOptions. */
  admit?: Admit;
  /** Milliseconds since the epoch. */
  now: number;
}

/** An object while it is being written: a copy that may be edited. */
export type Draft = Stored;
