import type {Json} from '../../world/object.ts';
import type {About, Mismatch} from '../judgement.ts';

export interface Differing {
  about: About;
  path: string;
  /** Undefined: whatever it is, it has to be there. */
  wanted: Json | undefined;
  /** What it must not be. */
  not?: Json;
  found: Json | undefined;
}

/** What a mismatch says of a field, whether a partial manifest asked for it or a comparison in CEL. */
export function fieldOf(mismatch: Mismatch): Differing | undefined {
  if (mismatch.type === 'field') return mismatch;
  if (mismatch.type !== 'expression') return undefined;
  const asked = /^has\(self\.([\w.]+)\)$/.exec(mismatch.path)?.[1];
  if (asked !== undefined && mismatch.wanted === 'true' && mismatch.found === false)
    return {about: mismatch.about, path: asked, wanted: undefined, found: undefined};
  const path = /^self\.([\w.[\]'"-]+)$/.exec(mismatch.path)?.[1];
  const [, operator, value] = /^([!=]=) (.+)$/s.exec(mismatch.wanted) ?? [];
  if (path === undefined || value === undefined) return undefined;
  const {about, found} = mismatch;
  return operator === '=='
    ? {about, path, wanted: parsed(value), found}
    : {about, path, wanted: undefined, not: parsed(value), found};
}

/** The mismatch of a field of this path. */
export const differing = (mismatches: readonly Mismatch[], path: string): Differing | undefined =>
  mismatches.flatMap(mismatch => fieldOf(mismatch) ?? []).find(one => one.path === path);

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
