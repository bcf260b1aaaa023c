import type { Card } from '../../card/card.ts';
import { writeAction } from '../buttons.ts';
import { request } from '../request.ts';
import type { Reply } from '../turn.ts';
import { reply } from '../turn.ts';
import type { Visit } from '../visit.ts';
import { help } from './help.ts';
import { statusAll } from './status-all.ts';
import { subscriptions } from './subscriptions.ts';

/** The App Home: what is wrong now, what this person is told, and how to ask. */
export async function home(visit: Visit): Promise<Reply> {
  const now = await statusAll(visit, request('status_all'));
  const own = await subscriptions(visit, request('list_subscriptions'));
  const how = await help(visit, request('help'));
  const cards = [...now.reply.cards, ...own.reply.cards, ...how.reply.cards];
  return reply(withEachButtonOnce(cards));
}

/** Side by side, each button stands once, and none that would only show what is in view already. */
function withEachButtonOnce(cards: readonly Card[]): readonly Card[] {
  const seen = new Set([writeAction('status_all'), writeAction('list_subscriptions')]);
  return cards.map((card) => ({
    ...card,
    buttons: card.buttons
      .map((row) =>
        row.filter(({ action }) => {
          const first = !seen.has(action);
          seen.add(action);
          return first;
        }),
      )
      .filter((row) => row.length > 0),
  }));
}
