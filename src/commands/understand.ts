import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { inContext, type Remembered, remember } from '../conversation/context.ts';
import { hear } from '../conversation/heard.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import { fromEpoch } from '../domain/instant.ts';
import { createMentions, type Understand } from '../understanding/understand.ts';
import type { Understanding } from '../understanding/understanding.ts';

const turn = z.union([
  z.object({ user: z.string() }).transform(({ user }) => ({ said: user })),
  z.object({ text: z.string() }).transform(({ text }) => ({ said: text })),
  z.object({ bot: z.string() }),
]);
const line = z.union([z.object({ text: z.string() }), z.object({ turns: z.array(turn) })]);

/** Turns of one conversation are taken to follow each other this closely. */
const SECONDS_BETWEEN_TURNS = 20;

/**
 * JSON lines in, JSON lines out in the same order: one an utterance, for a conversation one a user turn.
 * @throws Error naming the line that is not as it should be
 */
export async function understandLines(
  parts: { readonly catalogue: Catalogue; readonly understand: Understand },
  input: Readable,
  print: (line: string) => Promise<void>,
): Promise<void> {
  const mentions = createMentions(parts.catalogue);
  let number = 0;
  for await (const text of createInterface({ input })) {
    number += 1;
    // A byte order mark, as some editors begin a file, counts as blank.
    const written = text.trim();
    if (written === '') continue;
    const parsed = line.safeParse(json(written, number));
    if (!parsed.success)
      throw new Error(`Line ${number}: {"text": …} or {"turns": [{"user": …}, {"bot": …}]} is needed.`);
    if ('text' in parsed.data) {
      await print(told(parts.understand(parsed.data.text, { language: null })));
      continue;
    }
    let remembered: Remembered | null = null;
    for (const [at, turn] of parsed.data.turns.entries()) {
      const now = fromEpoch(at * SECONDS_BETWEEN_TURNS * 1000);
      if ('bot' in turn) {
        remembered = hear(turn.bot, mentions(turn.bot), remembered, now, parts.catalogue);
        continue;
      }
      const alone = parts.understand(turn.said, { language: null });
      const understood = inContext(alone, turn.said, remembered, now, parts.catalogue);
      remembered = remember(understood, remembered, now);
      await print(told(understood));
    }
  }
}

function json(text: string, number: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`Line ${number} is not JSON.`);
  }
}

const told = ({ language, intent, services, confidence, topic }: Understanding): string =>
  JSON.stringify({
    lang: language,
    intent,
    services,
    confidence: Math.round(confidence * 1000) / 1000,
    clarify: intent === 'clarify',
    ...(topic === null ? {} : { topic }),
  });
