import type {StatusCause} from '../../status-error.ts';
import {forbidden, notSupported} from './field-errors.ts';

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

/** Of claims and volumes alike. */
export function validateAccessModes(modes: readonly string[], field: string): StatusCause[] {
  const unknown = modes.filter(mode => !accessModes.includes(mode));
  const crowded = modes.includes('ReadWriteOncePod') && modes.some(mode => mode !== 'ReadWriteOncePod');
  return [
    ...unknown.map(mode => notSupported(field, mode, accessModes)),
    ...(crowded ? [forbidden(field, 'may not use ReadWriteOncePod with other access modes')] : []),
  ];
}
