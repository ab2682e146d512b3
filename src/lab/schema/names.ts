import {z} from 'zod';

export const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'small letters, digits and hyphens, beginning with a letter')
  .describe('A name of small letters, digits and hyphens. Journals keep it, so it does not change.');

export const plainName = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9]*$/, 'letters and digits, beginning with a small letter');

export const rememberedName = z
  .string()
  .regex(/^\$[a-z][a-zA-Z0-9]*$/, 'a $ and a name, such as $first')
  .describe('An object that an earlier milestone remembered, as $name.');
