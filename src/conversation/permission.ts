import { card } from '../card/card.ts';
import type { ChatRef } from '../domain/subscriber.ts';
import { ask } from './buttons.ts';
import type { Turn } from './turn.ts';
import type { Answered, Visit } from './visit.ts';
import { answered } from './visit.ts';

/** A private chat is the person's own. A channel's own posts come without a person, and only its administrators post. */
export async function mayChange(
  { chat, person }: Pick<Turn, 'chat' | 'person'>,
  isAdministrator: (chat: ChatRef, person: string) => Promise<boolean>,
): Promise<boolean> {
  if (chat.kind === 'private') return true;
  if (person === null) return chat.kind === 'channel';
  return isAdministrator(chat, person);
}

/**
 * In a group or channel only its administrators change what it is told; others hear so, for themselves where the
 * platform can do that. Null: go ahead.
 */
export async function refusal(visit: Visit): Promise<Answered | null> {
  if (await visit.mayChange()) return null;
  const { say } = visit;
  const told = card(say('answers.refused.headline'), {
    tone: 'caution',
    sections: [{ label: null, lines: [say('answers.refused.why'), say('answers.refused.instead')] }],
    buttons: [[ask(say('answers.button.statusAll'), 'status_all')]],
  });
  return answered(told, { privately: true, toast: say('answers.refused.toast') });
}
