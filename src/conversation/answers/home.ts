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
  return reply([...now.reply.cards, ...own.reply.cards, ...how.reply.cards]);
}
