import { card } from '../../card/card.ts';
import type { Answer } from '../visit.ts';
import { answered } from '../visit.ts';
import { status } from './status.ts';

/** Which number comes first, by what the words are about. */
const FIRST: Readonly<Record<string, readonly string[]>> = {
  crisis_self_harm: ['109', '119'],
  crisis_fire: ['119', '112'],
  crisis_crime: ['112', '119'],
};
const LINES = {
  '109': 'answers.crisis.mind',
  '119': 'answers.crisis.fire',
  '112': 'answers.crisis.police',
} as const;

/** A life first: the numbers that help, before anything about services. */
export const crisis: Answer = async (visit, asked) => {
  const { say } = visit;
  const numbers = FIRST[asked.topic ?? ''] ?? ['109', '119', '112'];
  const ordered = [...new Set([...numbers, '109', '119', '112'])] as (keyof typeof LINES)[];
  const danger = asked.topic === 'crisis_fire' || asked.topic === 'crisis_crime';
  const headline = danger ? 'answers.crisis.headlineDanger' : 'answers.crisis.headline';
  const help = card(say(headline, { numbers: numbers.join(', ') }), {
    tone: 'bad',
    sections: [
      { label: null, lines: ordered.map((number) => say(LINES[number])) },
      { label: null, lines: [say(danger ? 'answers.crisis.closeDanger' : 'answers.crisis.close')] },
    ],
  });
  if (asked.services.length === 0) return answered(help, { pending: null });
  const about = await status(visit, asked);
  return { ...about, reply: { ...about.reply, cards: [help, ...about.reply.cards] } };
};
