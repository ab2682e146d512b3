import {isIP} from 'node:net';
import type {StatusCause} from '../../status-error.ts';
import {invalid} from './field-errors.ts';

export const validateIp = (ip: string, field: string): StatusCause[] =>
  isIP(ip) ? [] : [invalid(field, ip, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')];
