/** What processes tell one another over one channel. One that says nothing but its sender is a beat (redis-link.ts). */
export type RedisNotice = {
  readonly from: string;
  /** A key whose value was replaced or deleted. */
  readonly drop?: string;
  readonly channel?: string;
  readonly message?: string;
};

/** Anybody may write to a channel of a shared Redis. @returns `undefined` for what is no notice. */
export function parseNotice(text: string): RedisNotice | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const fields = new Map<string, unknown>(Object.entries(value));
    const word = (name: string) => {
      const field = fields.get(name);
      return typeof field === 'string' ? field : undefined;
    };
    const [drop, channel, message] = [word('drop'), word('channel'), word('message')];
    return {
      from: word('from') ?? '',
      ...(drop === undefined ? {} : { drop }),
      ...(channel === undefined ? {} : { channel }),
      ...(message === undefined ? {} : { message }),
    };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
