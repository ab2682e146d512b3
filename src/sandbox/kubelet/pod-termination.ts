import {type ContainerRecord, isRunning} from './containers/container-record.ts';
import {type Stopping, stopContainer} from './containers/stop-container.ts';
import type {PodRuntime} from './pod-runtime.ts';

/** Stops all of a Pod's containers: the main ones together, then the sidecars, last one first. */
export interface PodTermination {
  /**
   * To be called again whenever something ended, or has less time left than before.
   * @param seconds the grace period; 0 kills at once
   * @returns whether all have ended
   */
  proceed(seconds: number): boolean;
}

export function podTermination(runtime: PodRuntime): PodTermination {
  const stopping = new Map<ContainerRecord, Stopping>();
  const stop = (record: ContainerRecord, seconds: number) => {
    const under = stopping.get(record);
    const handle = record.run?.handle;
    if (under) under.hurry(seconds);
    else if (handle)
      stopping.set(
        record,
        stopContainer(runtime, record, handle, seconds, `Stopping container ${record.spec.name}`),
      );
  };
  return {
    proceed(seconds) {
      const running = runtime.records.filter(isRunning);
      const others = running.filter(({kind}) => kind !== 'sidecar');
      const next = others.length > 0 && seconds > 0 ? others : seconds > 0 ? running.slice(-1) : running;
      for (const record of next) stop(record, seconds);
      return running.length === 0;
    },
  };
}
