import { card } from '../card/card.ts';
import type { Random } from '../domain/ids.ts';
import { sayIn } from '../wording/i18n.ts';
import { ask } from './buttons.ts';
import type { Reply, Turn } from './turn.ts';
import { reply } from './turn.ts';

/*
 * Answers for when something is wrong with the answering itself. They read nothing and look nothing up,
 * so they know no more of the language than what the client tells.
 */

/** One polite word to a flood; what follows is not answered until it calms down. */
export function slowDown(turn: Turn): Reply {
  const say = sayIn(turn.hint ?? 'ko');
  return reply([card(say('answers.flood.headline'), { tone: 'caution' })], { privately: true });
}

/** We failed: says so, whom to call meanwhile, and a code by which the log line is found. */
export function apology(turn: Turn, reference: string): Reply {
  const say = sayIn(turn.hint ?? 'ko');
  return reply([
    card(say('answers.error.headline'), {
      tone: 'unknown',
      sections: [{ label: null, lines: [say('answers.error.instead')] }],
      footer: say('answers.error.reference', { reference }),
      buttons: [[ask(say('answers.button.statusAll'), 'status_all')]],
    }),
  ]);
}

const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Six letters that can be read over the telephone. */
export const referenceCode = (random: Random): string =>
  Array.from({ length: 6 }, () => LETTERS[Math.floor(random() * LETTERS.length)] ?? '2').join('');
