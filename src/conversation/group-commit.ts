/** What one commit carries at most, so that a flood does not make one giant statement. */
const MOST_AT_ONCE = 200;

/**
 * Gathers what arrives while a commit is under way into the next one: arrivals keep their order,
 * and under load many share the price of one write to disk.
 * The returned function resolves when its items are committed and rejects when they are not.
 */
export function createGroupCommit<T>(
  commit: (items: readonly T[]) => Promise<void>,
): (items: readonly T[]) => Promise<void> {
  interface Waiting {
    readonly items: readonly T[];
    readonly resolve: () => void;
    readonly reject: (why: unknown) => void;
  }
  const waiting: Waiting[] = [];
  let busy = false;

  const takeBatch = (): readonly Waiting[] => {
    let size = 0;
    let parties = 0;
    for (const party of waiting) {
      if (parties > 0 && size + party.items.length > MOST_AT_ONCE) break;
      size += party.items.length;
      parties += 1;
    }
    return waiting.splice(0, parties);
  };

  const run = async () => {
    busy = true;
    while (waiting.length > 0) {
      const batch = takeBatch();
      try {
        await commit(batch.flatMap((party) => party.items));
        for (const party of batch) party.resolve();
      } catch (why) {
        for (const party of batch) party.reject(why);
      }
    }
    busy = false;
  };

  return (items) =>
    new Promise((resolve, reject) => {
      if (items.length === 0) return resolve();
      waiting.push({ items, resolve, reject });
      if (!busy) void run();
    });
}
