import { type Api, InputFile } from 'grammy';
import type { Reply } from '../../conversation/turn.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { cannotEdit, hasNoThread, isNotModified, limitIn, outcomeOf, reasonOf } from './errors.ts';
import type { Back } from './inbound.ts';
import { TOAST_CHARACTERS } from './limits.ts';
import { messageParts } from './messenger.ts';
import type { Patiently } from './patience.ts';
import { type Drawn, drawCard } from './render.ts';

export type SendReply = (back: Back, reply: Reply | null) => Promise<void>;

/**
 * Sends a reply the way its turn came. Telegram has no forms, so the cards that come with one serve.
 * What cannot be sent is dropped with a log line: an answer is of the moment.
 */
export function createReply(parts: {
  readonly api: Api;
  readonly patiently: Patiently;
  readonly logger: Logger;
}): SendReply {
  const { api, patiently, logger } = parts;

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
    const { chat } = back;
    try {
      await patiently(chat, () => call(chat.id, place(back, true)));
    } catch (error) {
      const outcome = outcomeOf(error, true);
      if (outcome.kind === 'moved') await patiently({ ...chat, id: outcome.to }, () => call(outcome.to, {}));
      else if (hasNoThread(error)) await patiently(chat, () => call(chat.id, place(back, false)));
      else throw error;
    }
  }

  const postCard = (back: Back, drawn: Drawn) =>
    post(back, (chat, at) => api.sendMessage(chat, drawn.text, { ...messageParts(drawn), ...at }));

  /** Draws over the message whose button was pressed; a new one where that is too old or gone. */
  async function replace(back: Back, message: number, drawn: Drawn): Promise<void> {
    try {
      await patiently(back.chat, () =>
        api.editMessageText(back.chat.id, message, drawn.text, messageParts(drawn)),
      );
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
      const waitSeconds = limitIn(error);
      logger.warn(
        { platform: 'telegram', why: reasonOf(error), ...(waitSeconds === null ? {} : { waitSeconds }) },
        waitSeconds === null
          ? 'A reply could not be sent'
          : 'A reply was dropped: the platform asks for a longer wait than a person has',
      );
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
