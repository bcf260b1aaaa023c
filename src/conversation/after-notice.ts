import type { Instant } from '../domain/instant.ts';
import { plusSeconds } from '../domain/instant.ts';
import type { Subscriber } from '../domain/subscriber.ts';
import type { Store } from '../ports/store.ts';
import { afterAnswer, afterMessage, type Remembered } from './memory.ts';

/** A notice is read when the telephone is next looked at, so a question may refer to it for an hour. */
const READ_WITHIN_SECONDS = 3600;
/** A notice about more than these is about none of them in particular. */
const MOST_SUBJECTS = 3;

/**
 * What was said before, with the last notice that the chat was sent counted among it: "great, so it works again?"
 * A question that is still open, and what was spoken of since, are not disturbed.
 */
export async function afterNotice(
  remembered: Remembered | null,
  subscriber: Subscriber,
  store: Store,
  now: Instant,
): Promise<Remembered | null> {
  if (remembered !== null && remembered.pending !== null) return remembered;
  const [delivery] = await store.deliveries.sentTo(subscriber.id, 1);
  const sentAt = delivery?.startedAt ?? null;
  const since = remembered?.at ?? '';
  if (delivery === undefined || sentAt === null || sentAt < since) return remembered;
  if (sentAt < plusSeconds(now, -READ_WITHIN_SECONDS)) return remembered;
  const told = (await store.notices.get(delivery.notice))?.fact.services ?? [];
  if (told.length === 0 || told.length > MOST_SUBJECTS) return remembered;
  const services = told.map(({ id }) => id);
  const impaired = told.filter(({ status }) => status !== 'operational').map(({ id }) => id);
  const subject = { intent: 'status', leaning: null, services, candidates: [] } as const;
  return afterAnswer(
    { services, impaired, told: impaired.length > 0 ? 'impaired' : 'fine' },
    afterMessage(subject, remembered, now),
    now,
  );
}
