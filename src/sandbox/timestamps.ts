/** RFC 3339 with whole seconds, as metav1.Time is written. @param milliseconds since the epoch */
export const timestamp = (milliseconds: number) => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** RFC 3339 with microseconds, as metav1.MicroTime is written. @param milliseconds since the epoch */
export const microTimestamp = (milliseconds: number) =>
  `${new Date(milliseconds).toISOString().slice(0, 23)}000Z`;
