import type {Stored} from '../objects.ts';
import type {StatusCause} from '../status-error.ts';
import type {NameRule} from './names.ts';
import type {Registry} from './registry.ts';

/** What a strategy may look at. */
export interface StrategyContext {
  registry: Registry;
  /** Milliseconds since the epoch. */
  now: number;
}

/**
 * How the API treats one resource's objects before they are stored: what the real API server spreads over
 * defaulting, admission plug-ins, strategies and validation. Each part is optional.
 */
export interface Strategy<T = Stored> {
  /** What a name must look like; without it a DNS subdomain. One of names.ts, e.g. dnsLabel. */
  nameRule?: NameRule;
  /** Fields without a value get theirs. Runs before validation, on create and update, on a draft. */
  defaults?(draft: T): void;
  /** What the API sets itself on create (finalizers, cluster IP, QoS class, tolerations…); the status is cleared already. */
  beforeCreate?(draft: T, context: StrategyContext): void;
  /** What an update may not touch is put back, what follows from it is set. */
  beforeUpdate?(draft: T, before: T, context: StrategyContext): void;
  validate?(object: T, context: StrategyContext): StatusCause[];
  /** Immutable fields and the like; `validate` has run before. */
  validateUpdate?(object: T, before: T, context: StrategyContext): StatusCause[];
  /** Warnings for the client's Warning header, on create and (with `before`) on update. */
  warnings?(object: T, context: StrategyContext, before?: T): string[];
  /** Does a change raise metadata.generation? By default: when anything but metadata and status changed. */
  generation?(object: T, before: T): boolean;
}
