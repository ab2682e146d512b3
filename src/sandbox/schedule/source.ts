import type {ControlContext} from '../control/controller.ts';
import type {EventSource} from '../events/recorder.ts';

/** The scheduler runs on the server. */
export const schedulerSource = (
  {machines}: ControlContext,
  action: 'Binding' | 'Scheduling',
): EventSource => {
  const host = machines.list().find(({role}) => role === 'server')?.name;
  return {component: 'default-scheduler', ...(host !== undefined && {host}), action};
};
