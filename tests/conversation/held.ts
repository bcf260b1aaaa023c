import { readCatalogue } from '../../src/config/catalogue.ts';
import { inContext, type Remembered, remember } from '../../src/conversation/context.ts';
import { hear } from '../../src/conversation/heard.ts';
import { plusSeconds } from '../../src/domain/instant.ts';
import { createMentions, createUnderstanding } from '../../src/understanding/understand.ts';

const catalogue = readCatalogue(null);
const understand = createUnderstanding(catalogue);
const mentions = createMentions(catalogue);

/**
 * What each turn of the citizen means, as `text -> intent services`, beside what is wanted. A line of a dialogue begins
 * with `>` for the citizen, with what is meant after the arrow, or `<` for the bot; services are joined by commas, `-`
 * for none, `*` for any.
 */
export function held(dialogue: string): {
  readonly got: readonly string[];
  readonly wanted: readonly string[];
} {
  const got: string[] = [];
  const wanted: string[] = [];
  let remembered: Remembered | null = null;
  let now = '2026-11-23T03:00:00.000Z';
  for (const line of dialogue.trim().split('\n')) {
    now = plusSeconds(now, 20);
    const [, who, text = '', meant = ''] = /^\s*([<>]) (.*?)(?: -> (.*))?$/.exec(line) ?? [];
    if (who === '<') {
      remembered = hear(text, mentions(text), remembered, now, catalogue);
      continue;
    }
    const understood = inContext(understand(text, { language: null }), text, remembered, now, catalogue);
    remembered = remember(understood, remembered, now);
    const [intent = '', services = ''] = meant.split(' ');
    const told = [...understood.services].sort().join() || '-';
    const saidIntent = intent === '*' ? '*' : understood.intent;
    got.push(`${text} -> ${saidIntent} ${services === '*' ? '*' : told}`);
    wanted.push(`${text} -> ${intent} ${services.split(',').sort().join()}`);
  }
  return { got, wanted };
}
