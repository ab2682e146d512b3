import type {StatusDetails, StatusError} from '../status-error.ts';

/** What goes back to a client: everything but the connection. */
export interface Answer {
  code: number;
  headers?: Readonly<Record<string, string | readonly string[]>>;
  /**
   * An object is written as JSON; text and bytes as they are; a stream writes what it likes, when it likes.
   * Without a body (304) nothing is said of its type either: clients would take it for that of their copy.
   */
  body?:
    | {object: object}
    | {json: string; type?: string}
    | {text: string}
    | {bytes: Buffer; type: string}
    | {stream: Stream; type: string};
}

/**
 * Writes to the client until it resolves, which ends the answer. An error from it breaks the connection off.
 * @param signal aborted when the client is gone or the server closes
 */
export type Stream = (write: Write, signal: AbortSignal) => Promise<void>;
/** Resolves when the connection can take more: a slow reader holds up who waits for it. */
export type Write = (chunk: string | Buffer) => Promise<void>;

export const ok = (object: object): Answer => ({code: 200, body: {object}});
export const created = (object: object): Answer => ({code: 201, body: {object}});
export const text = (code: number, text: string): Answer => ({code, body: {text}});

/** A path that leads nowhere, not even to a group: what Go's own HTTP server says. */
export const pageNotFound: Answer = text(404, '404 page not found\n');

/** metav1.Status of an error. */
export function failure(error: StatusError): Answer {
  const retryAfter = error.details?.retryAfterSeconds;
  return {
    code: error.code,
    body: {object: statusObject(error)},
    ...(retryAfter !== undefined && {headers: {'retry-after': String(retryAfter)}}),
  };
}

export const statusObject = ({message, reason, details, code}: StatusError): object => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message,
  ...(reason !== '' && {reason}),
  ...(details && {details: toldDetails(details)}),
  code,
});

/** As Go does, a cause that is no field's is told without one. */
const toldDetails = ({causes, ...details}: StatusDetails): object =>
  causes
    ? {...details, causes: causes.map(({field, ...cause}) => (field === '' ? cause : {...cause, field}))}
    : details;
