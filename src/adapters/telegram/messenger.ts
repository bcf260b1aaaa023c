import type { Api } from 'grammy';
import { toEpoch } from '../../domain/instant.ts';
import type { ChatRef } from '../../domain/subscriber.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MemoOf } from '../../ports/memo.ts';
import type { Messenger } from '../../ports/messenger.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { hasNoThread, outcomeOf, reasonOf } from './errors.ts';
import { CHAT_GAP_MS, GROUP_GAP_MS, GROUP_MESSAGES_PER_MINUTE } from './limits.ts';
import { type Drawn, drawCard } from './render.ts';

const ADMINISTRATORS_KEPT_SECONDS = 60;
/** At a thousand sends a second, looking through all of them each time would be most of the work. */
const FORGET_EVERY_MS = 5_000;

/** What every message of ours carries. */
export const messageParts = (drawn: Drawn) => ({
  entities: drawn.entities,
  link_preview_options: { is_disabled: true },
  ...(drawn.keyboard === null ? {} : { reply_markup: drawn.keyboard }),
});

/** What a chat's messages count against: all that one bot sends. */
export const laneOf = (chat: ChatRef): string => `telegram:${chat.workspace}`;

/** Sends notices through the Bot API, one attempt a call. */
export function createMessenger(parts: {
  readonly api: Api;
  readonly sends: RecentSends;
  readonly ratePerSecond: number;
  readonly paidBroadcast: boolean;
  readonly memo: MemoOf;
  readonly logger: Logger;
}): Messenger {
  const { api, sends, logger } = parts;
  const administrators = parts.memo<boolean>('telegram-administrators');

  return {
    platform: 'telegram',
    lane: laneOf,
    ratePerSecond: parts.ratePerSecond,
    chatGapMs: (kind) => (kind === 'private' ? CHAT_GAP_MS : GROUP_GAP_MS),

    async send(chat, card, options) {
      const [first, ...rest] = drawCard(card);
      if (first === undefined) return { kind: 'refused', why: 'the card is empty', fault: 'content' };
      const post = (drawn: Drawn, replyTo: string | null) => {
        sends.note(chat.id);
        return api.sendMessage(chat.id, drawn.text, {
          ...messageParts(drawn),
          disable_notification: options.silent,
          ...(parts.paidBroadcast ? { allow_paid_broadcast: true } : {}),
          ...(replyTo === null
            ? {}
            : { reply_parameters: { message_id: Number(replyTo), allow_sending_without_reply: true } }),
        });
      };
      const busy = sends.isBusy(chat);
      // The message to continue may lie in a topic that was closed since: standing alone, it goes to General.
      const postAnywhere = () =>
        post(first, options.replyTo).catch((error) => {
          if (options.replyTo === null || !hasNoThread(error)) throw error;
          return post(first, null);
        });
      let messageId: string;
      try {
        messageId = String((await postAnywhere()).message_id);
      } catch (error) {
        return outcomeOf(error, busy);
      }
      // The rest of a long card: the notice itself has arrived, so what fails here must not send it twice.
      for (const drawn of rest)
        await post(drawn, null).catch((error) =>
          logger.warn({ delivery: options.deliveryId, why: reasonOf(error) }, 'A notice arrived shortened'),
        );
      return { kind: 'sent', messageId };
    },

    async isAdministrator(chat, person) {
      // A group that speaks for itself is an anonymous administrator of it.
      if (chat.kind === 'private' || person === chat.id) return true;
      const key = `${chat.id}:${person}`;
      const known = await administrators.get(key);
      if (known !== undefined) return known;
      try {
        const is = await askWhetherAdministrator(api, chat.id, Number(person));
        await administrators.set(key, is, ADMINISTRATORS_KEPT_SECONDS);
        return is;
      } catch (error) {
        logger.warn({ why: reasonOf(error) }, 'Telegram did not say who is an administrator');
        return false;
      }
    },
  };
}

/** Asking about one member is only sure to work for an administrator; the list of them works for any member. */
async function askWhetherAdministrator(api: Api, chat: string, person: number): Promise<boolean> {
  try {
    const member = await api.getChatMember(chat, person);
    return member.status === 'creator' || member.status === 'administrator';
  } catch {
    const members = await api.getChatAdministrators(chat);
    return members.some((member) => member.user.id === person);
  }
}

/**
 * Who had a message lately. A 429 does not say whether the chat or the whole bot is over its limit;
 * a chat that just had its fill is the likelier cause, any other points at the bot.
 */
export class RecentSends {
  readonly #clock: Clock;
  readonly #sent = new Map<string, number[]>();
  #forgotAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note(chat: string): void {
    const now = toEpoch(this.#clock.now());
    if (this.#sent.size > 5000 && now - this.#forgotAt > FORGET_EVERY_MS) this.#forget(now);
    const times = this.#sent.get(chat)?.filter((at) => now - at < 60_000) ?? [];
    this.#sent.set(chat, [...times, now].slice(-GROUP_MESSAGES_PER_MINUTE));
  }

  isBusy(chat: Pick<ChatRef, 'id' | 'kind'>): boolean {
    const now = toEpoch(this.#clock.now());
    const times = this.#sent.get(chat.id)?.filter((at) => now - at < 60_000) ?? [];
    const justNow = times.some((at) => now - at < CHAT_GAP_MS);
    return justNow || (chat.kind !== 'private' && times.length >= GROUP_MESSAGES_PER_MINUTE);
  }

  #forget(now: number): void {
    this.#forgotAt = now;
    for (const [chat, times] of this.#sent) {
      const last = times.at(-1);
      if (last === undefined || now - last >= 60_000) this.#sent.delete(chat);
    }
  }
}
