import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { type Instant, toEpoch } from '../../domain/instant.ts';
import type { ChatRef } from '../../domain/subscriber.ts';
import type { Found } from '../../ports/messenger.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { reasonOf } from './errors.ts';
import type { Call } from './workspaces.ts';

/** The mark that every notice carries, and by which it is found again. */
const EVENT_TYPE = 'allim_delivery';

export const markOf = (deliveryId: string) => ({
  event_type: EVENT_TYPE,
  event_payload: { delivery_id: deliveryId },
});

const Marked = z.object({
  ts: z.string(),
  metadata: z.object({
    event_type: z.literal(EVENT_TYPE),
    event_payload: z.object({ delivery_id: z.string() }),
  }),
});

/** Our clock and Slack's may differ by so much. */
const SKEW_SECONDS = 60;
const PAGE = 200;
/** A channel that wrote more than this since is too busy to search: each page is a call. */
const MOST_PAGES = 10;

/**
 * Looks through a chat's history for a notice that may have arrived.
 * `absent` is said only when all of the history since then was seen; whatever prevents that is `unknown`.
 */
export async function findNotice(
  parts: { readonly call: Call; readonly logger: Logger },
  chat: ChatRef,
  deliveryId: string,
  since: Instant,
): Promise<Found> {
  const oldest = String(toEpoch(since) / 1000 - SKEW_SECONDS);
  try {
    const channel = await channelOf(parts.call, chat);
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const { messages, next } = await pageOf(parts.call, chat.workspace, { channel, oldest, cursor });
      const found = messages.find(({ metadata }) => metadata.event_payload.delivery_id === deliveryId);
      if (found !== undefined) return { kind: 'found', messageId: found.ts };
      if (next === null) return { kind: 'absent' };
      cursor = next;
    }
    return { kind: 'unknown' };
  } catch (error) {
    parts.logger.warn(
      { delivery: deliveryId, why: reasonOf(error) },
      'A notice in doubt could not be looked for',
    );
    return { kind: 'unknown' };
  }
}

/** A person is written to by their own id, but the history is that of the direct message. */
async function channelOf(call: Call, { workspace, kind, id }: ChatRef): Promise<string> {
  if (kind !== 'private' || !/^[UW]/.test(id)) return id;
  const { channel } = await call(workspace, (client) => client.conversations.open({ users: id }));
  if (channel?.id === undefined) throw new Error('no direct message in the answer');
  return channel.id;
}

async function pageOf(
  call: Call,
  workspace: string,
  {
    cursor,
    ...place
  }: { readonly channel: string; readonly oldest: string; readonly cursor: string | undefined },
) {
  const ask: webApi.ConversationsHistoryArguments = {
    ...place,
    ...(cursor === undefined ? {} : { cursor }),
    include_all_metadata: true,
    inclusive: true,
    limit: PAGE,
  };
  const {
    messages = [],
    has_more: more,
    response_metadata: rest,
  } = await call(workspace, (client) => client.conversations.history(ask));
  return {
    messages: messages
      .map((message) => Marked.safeParse(message).data)
      .filter((message) => message !== undefined),
    next: more === true ? rest?.next_cursor || null : null,
  };
}
