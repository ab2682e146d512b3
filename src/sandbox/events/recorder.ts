import type {Stored} from '../objects.ts';

export interface EventSource {
  /** e.g. kubelet, default-scheduler, deployment-controller, persistentvolume-controller */
  component: string;
  /** The node, for kubelets and the scheduler. */
  host?: string;
  /**
   * What was being done. The scheduler alone says so, and its events are of the newer kind, as events.k8s.io makes
   * them: with eventTime, and a series in the place of count.
   */
  action?: 'Binding' | 'Scheduling' | 'Preempting';
}

/** Writes events as Kubernetes' recorder does: the same one again raises count and lastTimestamp. */
export interface Recorder {
  /** @param fieldPath e.g. spec.containers{mariadb} */
  event(
    about: Stored,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    source: EventSource,
    fieldPath?: string,
  ): void;
}
