import type { Instant } from '../domain/instant.ts';
import { toEpoch } from '../domain/instant.ts';

const WINDOW_MS = 10_000;
const MOST_TURNS = 20;
/** Beyond this many chats the quiet ones are forgotten, so that memory stays bounded. */
const MOST_CHATS = 10_000;

/** `first`: the turn that went over the limit and is told so; `over`: those after it, until the chat calms down. */
export type Tide = 'calm' | 'first' | 'over';

/** Counts the turns of each chat in this process: more than 20 in 10 seconds is a flood. */
export function createFloodGate(): (chat: string, at: Instant) => Tide {
  const recent = new Map<string, number[]>();
  const warned = new Set<string>();

  const forgetQuiet = (now: number) => {
    for (const [chat, times] of recent) {
      if (now - (times.at(-1) ?? 0) < WINDOW_MS) continue;
      recent.delete(chat);
      warned.delete(chat);
    }
  };

  return (chat, at) => {
    const now = toEpoch(at);
    if (recent.size >= MOST_CHATS) forgetQuiet(now);
    const times = (recent.get(chat) ?? []).filter((time) => now - time < WINDOW_MS);
    times.push(now);
    // Only as many as the verdict needs: a flood must not grow our own memory.
    recent.set(chat, times.slice(-(MOST_TURNS + 1)));
    if (times.length <= MOST_TURNS) {
      warned.delete(chat);
      return 'calm';
    }
    if (warned.has(chat)) return 'over';
    warned.add(chat);
    return 'first';
  };
}
