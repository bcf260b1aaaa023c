import type { Deadline } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import type { Language } from '../domain/language.ts';
import { dayOf } from './dates.ts';
import { sayIn } from './i18n.ts';
import { oneLine } from './official-text.ts';

/** One moved deadline as a line, from its record alone: the duty, the old and new day, who, and whether to apply. */
export function deadlineLine(deadline: Deadline, now: Instant, language: Language): string {
  const say = sayIn(language);
  const day = (date: string) => dayOf(date, now, language);
  const { oldDate, newDate } = deadline;
  const duty = oneLine(deadline.duty, language);
  const sentences: string[] = [];
  if (oldDate !== null && newDate !== null)
    sentences.push(say('status.deadline.moved', { duty, old: day(oldDate), new: day(newDate) }));
  else if (newDate !== null) sentences.push(say('status.deadline.newOnly', { duty, new: day(newDate) }));
  else if (oldDate !== null) sentences.push(say('status.deadline.open', { duty, old: day(oldDate) }));
  else sentences.push(say('status.deadline.openBoth', { duty }));
  sentences.push(say(deadline.automatic ? 'status.deadline.automatic' : 'status.deadline.apply'));
  if (deadline.who !== null)
    sentences.push(say('status.deadline.who', { who: oneLine(deadline.who, language) }));
  if (deadline.basis !== null)
    sentences.push(say('status.deadline.basis', { basis: oneLine(deadline.basis, language) }));
  return sentences.join(' ');
}
