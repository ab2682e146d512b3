import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';
import {invalid} from './field-errors.ts';

export const events: Strategy<Of<'events'>> = {
  defaults(event) {
    event.source ??= {};
    event.reportingComponent ??= '';
    event.reportingInstance ??= '';
    // Times that are not known are told as null.
    const times = event as {firstTimestamp?: unknown; lastTimestamp?: unknown; eventTime?: unknown};
    times.firstTimestamp ??= null;
    times.lastTimestamp ??= null;
    times.eventTime ??= null;
  },
  validate({metadata, involvedObject}) {
    // Those about objects without a namespace are kept in this one.
    const expected = involvedObject?.namespace || 'default';
    return metadata.namespace === expected
      ? []
      : [
          invalid(
            'involvedObject.namespace',
            involvedObject?.namespace ?? '',
            'does not match event.namespace',
          ),
        ];
  },
};
