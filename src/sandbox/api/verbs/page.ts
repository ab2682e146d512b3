import type {Stored} from '../../objects.ts';
import {badRequest} from '../../status-error.ts';

export interface Page {
  items: readonly Stored[];
  /** The resourceVersion of the first page. */
  version: number;
  /** Of metav1.ListMeta: there when more follow. */
  continue?: string;
  remainingItemCount?: number;
}

/**
 * A part of a list for clients that take it in chunks, as kubectl does with 500 at a time. Later pages show the
 * state of their own moment under the first page's resourceVersion: a watch from there tells again what happened
 * in between, and nothing is missed.
 *
 * @param selected all that match, by namespace and name
 * @param token of the page before; empty for the first
 * @throws StatusError 400 for a token that was never given out
 */
export function pageOf(selected: readonly Stored[], limit: number, token: string, version: number): Page {
  const from = token === '' ? undefined : readToken(token);
  const rest = from ? selected.slice(firstAfter(selected, from.after)) : selected;
  const first = from?.version ?? version;
  if (limit <= 0 || rest.length <= limit) return {items: rest, version: first};
  const items = rest.slice(0, limit);
  const last = items[items.length - 1];
  return {
    items,
    version: first,
    continue: writeToken({version: first, after: last ? keyOf(last) : ''}),
    remainingItemCount: rest.length - limit,
  };
}

interface Position {
  version: number;
  /** The key of the last object that was sent. */
  after: string;
}

const keyOf = ({metadata: {namespace = '', name}}: Stored) => `/${namespace}/${name}`;

function firstAfter(selected: readonly Stored[], key: string): number {
  const index = selected.findIndex(object => keyOf(object) > key);
  return index < 0 ? selected.length : index;
}

// The form of Kubernetes' own tokens, which nobody should look into but some do.
const writeToken = ({version, after}: Position) =>
  Buffer.from(JSON.stringify({v: 'meta.k8s.io/v1', rv: version, start: `${after}\0`})).toString('base64url');

function readToken(token: string): Position {
  try {
    const {rv, start}: {rv?: unknown; start?: unknown} = JSON.parse(
      Buffer.from(token, 'base64url').toString(),
    );
    if (typeof rv === 'number' && typeof start === 'string') return {version: rv, after: start.slice(0, -1)};
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw badRequest('invalid continue token: continue key is not valid');
}
