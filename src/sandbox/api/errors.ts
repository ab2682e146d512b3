import {StatusError} from '../status-error.ts';

/** What the API server answers before it knows of an object. The wording is Kubernetes' own. */
export const unauthorized = () => new StatusError(401, 'Unauthorized', 'Unauthorized');

export const resourceNotFound = () =>
  new StatusError(404, 'NotFound', 'the server could not find the requested resource', {});

export const methodNotAllowed = () =>
  new StatusError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );

/** @param offered media types that would do */
export const notAcceptable = (offered: readonly string[]) =>
  new StatusError(
    406,
    'NotAcceptable',
    `406: Not Acceptable\n\nAvailable representations: ${offered.join(', ')}`,
    {},
  );

/** @param limit in bytes */
export const tooLarge = (limit: number) =>
  new StatusError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${limit}`);

/** A bug: what it is stays in the server's own report. */
export const internalError = () =>
  new StatusError(500, 'InternalError', 'Internal error occurred: the sandbox made a mistake', {
    causes: [{reason: 'InternalError', message: 'the sandbox made a mistake', field: ''}],
  });
