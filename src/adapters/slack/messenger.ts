import type { ChatRef } from '../../domain/subscriber.ts';
import type { Messenger, SendOptions, SendOutcome } from '../../ports/messenger.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { codeOf, hasNoThread, isRemoved, lacksPermission, mayJoin, outcomeOf, reasonOf } from './errors.ts';
import { findNotice, markOf } from './find.ts';
import { CHAT_GAP_MS } from './limits.ts';
import type { People } from './people.ts';
import { type Drawn, drawCard } from './render.ts';
import type { Call } from './workspaces.ts';

/** What every message of ours carries: no previews, nothing in it turned into links or names. */
export const messageParts = (drawn: Drawn) => ({
  text: drawn.text,
  blocks: drawn.blocks,
  unfurl_links: false,
  unfurl_media: false,
  parse: 'none' as const,
});

/** What a workspace's messages count against. */
export const laneOf = (workspace: string): string => `slack:${workspace}`;

/** Sends notices through the Web API, one attempt a call. Slack knows no silent messages: people mute channels themselves. */
export function createMessenger(parts: {
  readonly call: Call;
  readonly people: People;
  readonly ratePerMinute: number;
  readonly logger: Logger;
  /** Told that a workspace has removed the app, which Slack's own event may be late to say. Null: there is no other. */
  readonly onRemoved: ((workspace: string) => Promise<void>) | null;
}): Messenger {
  const { call, people, logger, onRemoved } = parts;

  const post = (chat: ChatRef, drawn: Drawn, options: SendOptions, replyTo: string | null) => {
    const message = { channel: chat.id, ...messageParts(drawn), metadata: markOf(options.deliveryId) };
    return call(chat.workspace, (client) =>
      // Below the message it continues, and in the channel too, where it is seen.
      client.chat.postMessage(
        replyTo === null ? message : { ...message, thread_ts: replyTo, reply_broadcast: true },
      ),
    );
  };

  /** Some refusals have a remedy that is ours to try, once: nothing was posted. */
  async function postOrMend(chat: ChatRef, drawn: Drawn, options: SendOptions) {
    try {
      return await post(chat, drawn, options, options.replyTo);
    } catch (error) {
      if (options.replyTo !== null && hasNoThread(error)) return post(chat, drawn, options, null);
      if (!mayJoin(error) || !chat.id.startsWith('C')) throw error;
      // Only a public channel lets us in; of any other the first refusal stands.
      await call(chat.workspace, (client) => client.conversations.join({ channel: chat.id })).catch(() => {
        throw error;
      });
      return post(chat, drawn, options, options.replyTo);
    }
  }

  const isWelcome = (workspace: string) =>
    call(workspace, (client) => client.auth.test()).then(
      () => true,
      () => false,
    );

  async function outcomeIn(chat: ChatRef, error: unknown): Promise<SendOutcome> {
    // Of a direct message this code may mean the person's account or our own.
    const mayBePersons = codeOf(error) === 'account_inactive' && chat.kind === 'private';
    if (mayBePersons && (await isWelcome(chat.workspace))) return { kind: 'gone', why: 'deactivated' };
    if (isRemoved(error) && onRemoved !== null) {
      await onRemoved(chat.workspace);
      return { kind: 'gone', why: reasonOf(error) };
    }
    if (lacksPermission(error))
      logger.error(
        { workspace: chat.workspace, why: reasonOf(error) },
        'Slack refuses for want of a permission: install the app again, with the scopes of the manifest',
      );
    return outcomeOf(error);
  }

  return {
    platform: 'slack',
    lane: (chat) => laneOf(chat.workspace),
    ratePerSecond: parts.ratePerMinute / 60,
    chatGapMs: () => CHAT_GAP_MS,
    isAdministrator: people.isAdministrator,
    find: (chat, deliveryId, since) => findNotice(parts, chat, deliveryId, since),

    async send(chat, card, options) {
      const [first, ...rest] = drawCard(card);
      if (first === undefined) return { kind: 'refused', why: 'the card is empty', fault: 'content' };
      let messageId: string;
      try {
        const { ts } = await postOrMend(chat, first, options);
        if (ts === undefined) return { kind: 'uncertain', why: 'no message id in the answer' };
        messageId = ts;
      } catch (error) {
        return outcomeIn(chat, error);
      }
      // The rest of a long card: the notice itself has arrived, so what fails here must not send it twice.
      for (const drawn of rest)
        await post(chat, drawn, options, messageId).catch((error) =>
          logger.warn({ delivery: options.deliveryId, why: reasonOf(error) }, 'A notice arrived shortened'),
        );
      return { kind: 'sent', messageId };
    },
  };
}
