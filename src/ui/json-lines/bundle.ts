import {z} from 'zod';
import {base} from './base.ts';

const bundle = {
  file: z.string(),
  statelab: z.string(),
  made: z.string(),
  architecture: z.string(),
  platform: z.string(),
  database: z.string(),
  k3sImage: z.string(),
  images: z.array(z.string()),
  programs: z.record(z.string(), z.string()).describe('Their versions, by name.'),
  package: z.string().describe('What of it npm installs.'),
  size: z.int().describe('Bytes of the file.'),
};

/** What is said of the file that a class needs instead of a network. */
export const bundleLines = [
  z.strictObject({...base, ...bundle, type: z.literal('bundle')}),
  z.strictObject({...base, ...bundle, type: z.literal('bundle-saved')}),
  z.strictObject({
    ...base,
    ...bundle,
    type: z.literal('bundle-loaded'),
    put: z.array(z.string()).describe('The programs that were put into statelab’s own folder.'),
  }),
] as const;
