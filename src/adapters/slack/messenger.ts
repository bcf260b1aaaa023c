import type { webApi } from '@slack/bolt';
import type { Messenger, SendOptions } from '../../ports/messenger.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { codeOf, hasNoThread, outcomeOf, reasonOf } from './errors.ts';
import { CHAT_GAP_MS } from './limits.ts';
import type { People } from './people.ts';
import { type Drawn, drawCard } from './render.ts';

/** What every message of ours carries: no previews, nothing in it turned into links or names. */
export const messageParts = (drawn: Drawn) => ({
  text: drawn.text,
  blocks: drawn.blocks,
  unfurl_links: false,
  unfurl_media: false,
  parse: 'none' as const,
});

/** Sends notices through the Web API, one attempt a call. Slack knows no silent messages: people mute channels themselves. */
export function createMessenger(parts: {
  readonly client: webApi.WebClient;
  readonly people: People;
  readonly ratePerMinute: number;
  readonly logger: Logger;
}): Messenger {
  const { client, people, logger } = parts;

  const post = (channel: string, drawn: Drawn, options: SendOptions, replyTo: string | null) => {
    const message = {
      channel,
      ...messageParts(drawn),
      metadata: { event_type: 'allim_delivery', event_payload: { delivery_id: options.deliveryId } },
    };
    // Below the message it continues, and in the channel too, where it is seen.
    return client.chat.postMessage(
      replyTo === null ? message : { ...message, thread_ts: replyTo, reply_broadcast: true },
    );
  };

  /** Some refusals have a remedy that is ours to try, once: nothing was posted. */
  async function postOrMend(channel: string, drawn: Drawn, options: SendOptions) {
    try {
      return await post(channel, drawn, options, options.replyTo);
    } catch (error) {
      if (options.replyTo !== null && hasNoThread(error)) return post(channel, drawn, options, null);
      if (codeOf(error) !== 'not_in_channel' || !channel.startsWith('C')) throw error;
      await client.conversations.join({ channel }).catch(() => {
        throw error;
      });
      return post(channel, drawn, options, options.replyTo);
    }
  }

  const isWelcome = () =>
    client.auth.test().then(
      () => true,
      () => false,
    );

  return {
    platform: 'slack',
    lane: (chat) => `slack:${chat.workspace}`,
    ratePerSecond: parts.ratePerMinute / 60,
    chatGapMs: () => CHAT_GAP_MS,
    isAdministrator: people.isAdministrator,

    async send(chat, card, options) {
      const [first, ...rest] = drawCard(card);
      if (first === undefined) return { kind: 'refused', why: 'the card is empty', fault: 'content' };
      let messageId: string;
      try {
        const { ts } = await postOrMend(chat.id, first, options);
        if (ts === undefined) return { kind: 'uncertain', why: 'no message id in the answer' };
        messageId = ts;
      } catch (error) {
        // Of a direct message this code may mean the person's account or our own.
        if (codeOf(error) === 'account_inactive' && chat.kind === 'private' && (await isWelcome()))
          return { kind: 'gone', why: 'deactivated' };
        return outcomeOf(error);
      }
      // The rest of a long card: the notice itself has arrived, so what fails here must not send it twice.
      for (const drawn of rest)
        await post(chat.id, drawn, options, messageId).catch((error) =>
          logger.warn({ delivery: options.deliveryId, why: reasonOf(error) }, 'A notice arrived shortened'),
        );
      return { kind: 'sent', messageId };
    },
  };
}
