import { webApi } from '@slack/bolt';
import type { Reply } from '../../conversation/turn.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { cannotEdit, hasNoThread, isOutside, limitIn, reasonOf } from './errors.ts';
import { drawForm, type Place } from './form.ts';
import { CALL_MS } from './limits.ts';
import { messageParts } from './messenger.ts';
import type { Patiently } from './patience.ts';
import type { Back } from './place.ts';
import { type Drawn, drawCard, drawFile, drawHome, drawWords } from './render.ts';
import type { Call } from './workspaces.ts';

export type SendReply = (back: Back, reply: Reply | null) => Promise<void>;

/** Where a form that is opened now will bring its answer. */
export const placeOf = (back: Back): Place => ({
  chat: back.chat.id,
  kind: back.chat.kind,
  channel: back.channel,
  thread: back.thread,
});

/**
 * Sends a reply the way its turn came.
 * What cannot be sent is dropped with a log line: an answer is of the moment.
 */
export function createReply(parts: {
  readonly call: Call;
  readonly patiently: Patiently;
  readonly logger: Logger;
}): SendReply {
  const { call, patiently, logger } = parts;

  const postMessage = (back: Back, message: webApi.ChatPostMessageArguments) =>
    patiently(back.chat.workspace, (client) => client.chat.postMessage(message), { asNotices: true });

  /** A modal must open within 3 seconds, so this never waits. False: the cards have to serve. */
  async function open(back: Back, reply: Reply): Promise<boolean> {
    const { trigger } = back;
    if (reply.form === null || trigger === null) return false;
    const view = drawForm(reply.form, placeOf(back));
    try {
      await call(back.chat.workspace, (client) => client.views.open({ trigger_id: trigger, view }));
      return true;
    } catch (error) {
      logger.warn({ platform: 'slack', why: reasonOf(error) }, 'A form could not be opened');
      return false;
    }
  }

  async function post(back: Back, drawn: Drawn, privately: boolean): Promise<void> {
    if (privately && back.chat.kind !== 'private' && back.person !== null)
      return whisper(back, back.person, drawn);
    const message = { channel: back.channel, ...messageParts(drawn) };
    try {
      await postMessage(back, back.thread === null ? message : { ...message, thread_ts: back.thread });
    } catch (error) {
      if (back.thread !== null && hasNoThread(error)) await postMessage(back, message);
      // A command works where we are no member, and only its giver sees the answer.
      else if (back.responseUrl !== null && isOutside(error))
        await respond(back.responseUrl, drawn, { response_type: 'ephemeral', replace_original: false });
      else throw error;
    }
  }

  /** Only this person sees it: in the channel, or where we are no member, by the command's address or directly. */
  async function whisper(back: Back, person: string, drawn: Drawn): Promise<void> {
    const { text, blocks, parse } = messageParts(drawn);
    const thread = back.thread === null ? {} : { thread_ts: back.thread };
    try {
      await patiently(back.chat.workspace, (client) =>
        client.chat.postEphemeral({ channel: back.channel, user: person, text, blocks, parse, ...thread }),
      );
    } catch (error) {
      if (!isOutside(error)) throw error;
      if (back.responseUrl !== null)
        await respond(back.responseUrl, drawn, { response_type: 'ephemeral', replace_original: false });
      else await postMessage(back, { channel: person, ...messageParts(drawn) });
    }
  }

  /** Draws over the message whose button was pressed; a new one where that is too old or gone. */
  async function replace(back: Back, pressed: NonNullable<Back['pressed']>, drawn: Drawn): Promise<void> {
    const { text, blocks } = drawn;
    if (pressed.ephemeral) {
      if (back.responseUrl !== null) await respond(back.responseUrl, drawn, { replace_original: true });
      return;
    }
    try {
      await patiently(back.chat.workspace, (client) =>
        client.chat.update({ channel: back.channel, ts: pressed.ts, text, blocks, parse: 'none' }),
      );
    } catch (error) {
      if (!cannotEdit(error)) throw error;
      await post(back, drawn, false);
    }
  }

  return async (back, reply) => {
    if (reply === null) return;
    try {
      if (await open(back, reply)) return;
      if (back.home === 'opened' || (back.home === 'pressed' && reply.replace)) {
        const person = back.person ?? back.chat.id;
        const view = drawHome(reply.cards);
        await patiently(back.chat.workspace, (client) => client.views.publish({ user_id: person, view }));
        return;
      }
      const [first, ...rest] = reply.cards.flatMap(drawCard);
      if (first !== undefined) {
        if (reply.replace && back.pressed !== null) await replace(back, back.pressed, first);
        else await post(back, first, reply.privately);
      } else if (reply.toast !== null) {
        // There are no toasts here: with a card it says nothing new, alone it is whispered.
        await post(back, drawWords(reply.toast), true);
      }
      const files = reply.file === null ? [] : drawFile(reply.file);
      for (const drawn of [...rest, ...files]) await post(back, drawn, reply.privately);
    } catch (error) {
      const waitSeconds = limitIn(error);
      logger.warn(
        { platform: 'slack', why: reasonOf(error), ...(waitSeconds === null ? {} : { waitSeconds }) },
        waitSeconds === null
          ? 'A reply could not be sent'
          : 'A reply was dropped: the platform asks for a longer wait than a person has',
      );
    }
  };
}

/** Answers a command or a button press by the address that came with it. @throws WebAPIHTTPError when Slack refuses */
async function respond(
  responseUrl: string,
  { text, blocks }: Drawn,
  how: { readonly replace_original: boolean; readonly response_type?: 'ephemeral' },
): Promise<void> {
  const response = await fetch(responseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text, blocks, ...how }),
    redirect: 'error',
    signal: AbortSignal.timeout(CALL_MS),
  });
  if (!response.ok) throw new webApi.WebAPIHTTPError(response.status, response.statusText, {});
}
