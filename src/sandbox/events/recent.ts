/** How many events client-go's correlator remembers. */
const capacity = 4096;

/** Remembers values by key, and forgets the one that was set longest ago when they get too many. */
export function recent<T>() {
  const values = new Map<string, T>();
  return {
    get: (key: string) => values.get(key),
    set(key: string, value: T) {
      values.delete(key);
      values.set(key, value);
      const [oldest] = values.keys();
      if (values.size > capacity && oldest !== undefined) values.delete(oldest);
    },
  };
}
