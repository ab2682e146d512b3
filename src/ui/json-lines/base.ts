import {z} from 'zod';

/** The version of the lines that --json prints. It grows when a field changes its meaning or goes away. */
export const jsonVersion = 1;

export const at = z.iso.datetime().describe('When, in UTC.');

/** What every line has. */
export const base = {v: z.literal(jsonVersion).describe('The version of this format.'), at};

/** Something to undo, or undone; its other fields say of what. */
export const undo = z.looseObject({type: z.string()});
