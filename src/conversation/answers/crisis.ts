import { card } from '../../card/card.ts';
import type { Answer } from '../visit.ts';
import { answered } from '../visit.ts';
import { status } from './status.ts';

/** The numbers that help, first the one to call first, by what the words are about. */
const NUMBERS = {
  crisis_self_harm: ['109', '119'],
  crisis_fire: ['119', '112'],
  crisis_crime: ['112', '119'],
} as const;
const LINES = {
  '109': 'answers.crisis.mind',
  '119': 'answers.crisis.fire',
  '112': 'answers.crisis.police',
} as const;

const isCrisis = (topic: string | null): topic is keyof typeof NUMBERS => topic !== null && topic in NUMBERS;

/** A life first: the numbers that help, before anything about services. */
export const crisis: Answer = async (visit, asked) => {
  const { say } = visit;
  const topic = isCrisis(asked.topic) ? asked.topic : 'crisis_self_harm';
  const numbers = NUMBERS[topic];
  const danger = topic !== 'crisis_self_harm';
  const headline = danger ? 'answers.crisis.headlineDanger' : 'answers.crisis.headline';
  const help = card(say(headline, { numbers: numbers.join(', ') }), {
    tone: 'bad',
    sections: [
      { label: null, lines: numbers.map((number) => say(LINES[number])) },
      { label: null, lines: [say(danger ? 'answers.crisis.closeDanger' : 'answers.crisis.close')] },
    ],
  });
  if (asked.services.length === 0) return answered(help, { pending: null, asking: topic });
  const about = await status(visit, asked);
  return { ...about, asking: topic, reply: { ...about.reply, cards: [help, ...about.reply.cards] } };
};
