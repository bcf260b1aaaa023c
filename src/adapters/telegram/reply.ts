import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, InputFile } from 'grammy';
import type { Reply } from '../../conversation/turn.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { cannotEdit, hasNoThread, isNotModified, outcomeOf, reasonOf } from './errors.ts';
import type { Back } from './inbound.ts';
import { TOAST_CHARACTERS } from './limits.ts';
import { messageParts, type RecentSends } from './messenger.ts';
import { type Drawn, drawCard } from './render.ts';

/** A person waits for an answer; past this it would come as a surprise. */
const LONGEST_WAIT_SECONDS = 5;

export type SendReply = (back: Back, reply: Reply | null) => Promise<void>;

/**
 * Sends a reply the way its turn came. Telegram has no forms, so the cards that come with one serve.
 * What cannot be sent is dropped with a log line: an answer is of the moment.
 * @param wait in seconds
 */
export function createReply(parts: {
  readonly api: Api;
  readonly sends: RecentSends;
  readonly logger: Logger;
  readonly wait?: (seconds: number) => Promise<void>;
}): SendReply {
  const { api, sends, logger, wait = (seconds) => sleep(seconds * 1000) } = parts;

  /** Tries again while nothing was sent and the waits stay short together. @throws what the last try throws */
  async function patiently<T>(call: () => Promise<T>): Promise<T> {
    for (let left = LONGEST_WAIT_SECONDS; ; ) {
      try {
        return await call();
      } catch (error) {
        const outcome = outcomeOf(error, true);
        if (outcome.kind !== 'retry' || outcome.afterSeconds > left) throw error;
        // Even a wait of none counts, so that it ends.
        left -= Math.max(outcome.afterSeconds, 1);
        await wait(outcome.afterSeconds);
      }
    }
  }

  const place = (back: Back, withThread: boolean) => ({
    ...(back.thread === null || !withThread ? {} : { message_thread_id: back.thread }),
    ...(back.asked === null
      ? {}
      : { reply_parameters: { message_id: back.asked, allow_sending_without_reply: true } }),
  });

  /** Posts, and if the chat has meanwhile moved or its topic closed, posts once more to where it lives on. */
  async function post(
    back: Back,
    call: (chat: string, at: ReturnType<typeof place>) => Promise<unknown>,
  ): Promise<void> {
    sends.note(back.chat.id);
    try {
      await patiently(() => call(back.chat.id, place(back, true)));
    } catch (error) {
      const outcome = outcomeOf(error, true);
      if (outcome.kind === 'moved') await patiently(() => call(outcome.to, {}));
      else if (hasNoThread(error)) await patiently(() => call(back.chat.id, place(back, false)));
      else throw error;
    }
  }

  const postCard = (back: Back, drawn: Drawn) =>
    post(back, (chat, at) => api.sendMessage(chat, drawn.text, { ...messageParts(drawn), ...at }));

  /** Draws over the message whose button was pressed; a new one where that is too old or gone. */
  async function replace(back: Back, message: number, drawn: Drawn): Promise<void> {
    try {
      await patiently(() => api.editMessageText(back.chat.id, message, drawn.text, messageParts(drawn)));
    } catch (error) {
      if (isNotModified(error)) return;
      if (!cannotEdit(error)) throw error;
      await postCard(back, drawn);
    }
  }

  /** Always, or the button keeps spinning. One that waited too long for us is no matter. */
  const answerPress = (query: string, toast: string | null, alert = false) =>
    api
      .answerCallbackQuery(query, toast === null ? {} : { text: shortened(toast), show_alert: alert })
      .catch((error) => logger.debug({ why: reasonOf(error) }, 'A button press was not answered'));

  return async (back, reply) => {
    const press = back.press;
    const whispered = press === null ? null : toOneOnly(back, reply);
    if (press !== null && whispered !== null) return answerPress(press.query, whispered, true).then(() => {});
    const answered = press === null ? null : answerPress(press.query, reply?.toast ?? null);
    try {
      const [first, ...rest] = (reply?.cards ?? []).flatMap(drawCard);
      if (first !== undefined) {
        if (reply?.replace && press !== null) await replace(back, press.message, first);
        else await postCard(back, first);
      }
      for (const drawn of rest) await postCard(back, drawn);
      const file = reply?.file ?? null;
      if (file !== null)
        await post(back, (chat, at) =>
          api.sendDocument(chat, new InputFile(Buffer.from(file.content), file.name), at),
        );
    } catch (error) {
      logger.warn({ platform: 'telegram', why: reasonOf(error) }, 'A reply could not be sent');
    }
    await answered;
  };
}

/**
 * What only the person who pressed should see in a group: the one place for it is the window that answers the press.
 * Null for what may or must stand in the chat.
 */
const toOneOnly = (back: Back, reply: Reply | null): string | null =>
  back.chat.kind !== 'private' && reply?.privately === true && reply.file === null
    ? (reply.cards[0]?.headline ?? null)
    : null;

const shortened = (toast: string): string =>
  [...toast].length <= TOAST_CHARACTERS ? toast : `${[...toast].slice(0, TOAST_CHARACTERS - 1).join('')}…`;
