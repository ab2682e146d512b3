/** One field that is wrong, as in details.causes of a Status. */
export interface StatusCause {
  /** e.g. FieldValueRequired, FieldValueInvalid, FieldValueForbidden */
  reason: string;
  message: string;
  /** e.g. spec.containers[0].image */
  field: string;
}

export interface StatusDetails {
  name?: string;
  group?: string;
  /** The resource's plural for most errors, the kind for Invalid: as Kubernetes does. */
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
}

/** An answer of the API that is not the object: goes to the client as a Status. Anything else thrown is a bug. */
export class StatusError extends Error {
  override readonly name = 'StatusError';
  /** The HTTP status. */
  readonly code: number;
  /** metav1.StatusReason, e.g. NotFound. */
  readonly reason: string;
  readonly details: StatusDetails | undefined;
  constructor(code: number, reason: string, message: string, details?: StatusDetails) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }
}

/** A resource as messages name it: `deployments.apps`, `pods`. */
export interface Named {
  group: string;
  resource: string;
  kind: string;
}
const qualified = ({group, resource}: Named) => (group === '' ? resource : `${resource}.${group}`);
const detailsOf = ({group, resource}: Named, name: string): StatusDetails => ({
  name,
  ...(group !== '' && {group}),
  kind: resource,
});

export const notFound = (type: Named, name: string) =>
  new StatusError(404, 'NotFound', `${qualified(type)} "${name}" not found`, detailsOf(type, name));

export const alreadyExists = (type: Named, name: string) =>
  new StatusError(409, 'AlreadyExists', `${qualified(type)} "${name}" already exists`, detailsOf(type, name));

export const conflict = (type: Named, name: string, why: string) =>
  new StatusError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(type)} "${name}": ${why}`,
    detailsOf(type, name),
  );

export const forbidden = (type: Named, name: string, why: string, causes?: StatusCause[]) =>
  new StatusError(403, 'Forbidden', `${qualified(type)} "${name}" is forbidden: ${why}`, {
    ...detailsOf(type, name),
    ...(causes && {causes}),
  });

export const badRequest = (message: string) => new StatusError(400, 'BadRequest', message);

export const gone = (message: string) => new StatusError(410, 'Expired', message);

/** @param causes at least one, in the order of the fields */
export const invalid = (type: Named, name: string, causes: StatusCause[]) => {
  const said = [...new Set(causes.map(({field, message}) => `${field}: ${message}`))];
  const list = said.length === 1 ? said[0] : `[${said.join(', ')}]`;
  const kind = type.group === '' ? type.kind : `${type.kind}.${type.group}`;
  return new StatusError(422, 'Invalid', `${kind} "${name}" is invalid: ${list}`, {
    ...(name !== '' && {name}),
    ...(type.group !== '' && {group: type.group}),
    kind: type.kind,
    causes,
  });
};
