/** What volumes and claims have in common. */
export function accessModes(modes: readonly string[] = []): string {
  const order = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];
  const short = ['RWO', 'ROX', 'RWX', 'RWOP'];
  return order.flatMap((mode, index) => (modes.includes(mode) ? (short[index] ?? []) : [])).join(',');
}

export const phase = (
  {deletionTimestamp}: {deletionTimestamp?: string},
  status: {phase?: string} | undefined,
): string => (deletionTimestamp === undefined ? (status?.phase ?? '') : 'Terminating');
