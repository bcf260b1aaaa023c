/** Work in order within a chat, chats side by side. */
export interface ChatQueues<T> {
  /** False when the chat has too many waiting, and the item is not taken. */
  push(chat: string, item: T): boolean;
  /** Begins nothing more and waits for what is under way. Returns how many items were left undone. */
  stop(withinMs: number): Promise<number>;
}

/** @param work must not reject */
export function createChatQueues<T>(parts: {
  readonly mostAtOnce: number;
  readonly mostWaiting: number;
  readonly work: (item: T) => Promise<void>;
}): ChatQueues<T> {
  /** Chats with work, each with what waits behind the item under way. */
  const waiting = new Map<string, T[]>();
  /** Chats whose next item may begin, first come first served. */
  const ready: string[] = [];
  let running = 0;
  let stopped = false;
  let idle: (() => void) | null = null;

  const next = () => {
    while (!stopped && running < parts.mostAtOnce) {
      const chat = ready.shift();
      if (chat === undefined) break;
      const item = waiting.get(chat)?.shift();
      if (item === undefined) continue;
      running += 1;
      void run(chat, item);
    }
    if (running === 0) idle?.();
  };

  const run = async (chat: string, item: T) => {
    try {
      await parts.work(item);
    } finally {
      running -= 1;
      // Back to the end of the line: one talkative chat holds up nobody else.
      if ((waiting.get(chat)?.length ?? 0) > 0) ready.push(chat);
      else waiting.delete(chat);
      next();
    }
  };

  return {
    push(chat, item) {
      if (stopped) return true;
      const queue = waiting.get(chat);
      if (queue === undefined) {
        waiting.set(chat, [item]);
        ready.push(chat);
        next();
        return true;
      }
      if (queue.length >= parts.mostWaiting) return false;
      queue.push(item);
      return true;
    },
    async stop(withinMs) {
      stopped = true;
      if (running > 0) {
        let timer: NodeJS.Timeout | undefined;
        await Promise.race([
          new Promise<void>((resolve) => {
            idle = resolve;
          }),
          new Promise<void>((resolve) => {
            timer = setTimeout(resolve, withinMs);
          }),
        ]);
        clearTimeout(timer);
      }
      let left = running;
      for (const queue of waiting.values()) left += queue.length;
      return left;
    },
  };
}
