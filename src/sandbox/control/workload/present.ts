/** A count as the API's types have it that leave it out when it is 0. */
export const present = <F extends string>(field: F, count: number) =>
  (count === 0 ? {} : {[field]: count}) as Partial<Record<F, number>>;
