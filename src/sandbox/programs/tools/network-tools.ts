import type {Program} from '../program.ts';
import {curl} from './curl.ts';
import {getent} from './getent.ts';
import {nc} from './nc.ts';
import {nslookup} from './nslookup.ts';
import {socat} from './socat.ts';
import {wget} from './wget.ts';

/** Programs that talk to others. */
export const networkTools: Readonly<Record<string, Program>> = {curl, getent, nc, nslookup, socat, wget};
