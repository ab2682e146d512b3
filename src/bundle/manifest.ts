import {z} from 'zod';
import {databaseIds} from '../lab/databases.ts';

/** The first entry of a bundle: what it is and what is in it. */
export const manifestName = 'bundle.json';
/** The second: the SHA-256 of the first. */
export const sealName = 'bundle.sha256';

/** Also what a part may be called: nothing that leads out of a folder. */
const partName = z.string().regex(/^[a-z0-9][\w.+-]*$/i);

const part = z.strictObject({
  name: partName,
  kind: z.enum(['package', 'program', 'image']),
  /** The program's or the image's name. */
  of: z.string(),
  /** Bytes in the archive. */
  size: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Part = z.infer<typeof part>;

export const manifest = z.strictObject({
  format: z.literal('statelab-bundle'),
  v: z.literal(1),
  statelab: z.string(),
  made: z.iso.datetime(),
  architecture: z.string(),
  platform: z.string(),
  /** Of the programs, in Node.js' words. */
  arch: z.string(),
  database: z.enum(databaseIds),
  k3sImage: z.string(),
  toolsImage: z.string(),
  /** What k3s would pull for itself. */
  systemImages: z.array(z.string()),
  versions: z.record(z.string(), z.string()),
  parts: z.array(part),
});
export type Manifest = z.infer<typeof manifest>;

export const imagesIn = ({parts}: Manifest): string[] =>
  parts.filter(({kind}) => kind === 'image').map(({of}) => of);
