/** The sizes of a client's terminal, as the resize stream tells them: one JSON object each. */
export function terminalSizes() {
  let last: {Width: number; Height: number} | undefined;
  const listeners: ((columns: number, rows: number) => void)[] = [];
  return {
    /** Takes one message; what is not a size is passed over. */
    take(message: Buffer): void {
      const size = parse(message.toString('utf8'));
      if (!size) return;
      last = size;
      for (const listener of listeners) listener(size.Width, size.Height);
    },
    /** Tells the last size at once if there is one, then each new one. */
    onResize(listener: (columns: number, rows: number) => void): void {
      listeners.push(listener);
      if (last) listener(last.Width, last.Height);
    },
  };
}

function parse(text: string): {Width: number; Height: number} | undefined {
  try {
    const {Width, Height} = JSON.parse(text) as {Width?: unknown; Height?: unknown};
    return typeof Width === 'number' && typeof Height === 'number' && Width > 0 && Height > 0
      ? {Width, Height}
      : undefined;
  } catch {
    return undefined;
  }
}
