import { isObject, type Json } from '../platform.ts';
import { chatOf, mayWrite } from './chats.ts';
import type { Method, Parts } from './parts.ts';
import { integer, text } from './parts.ts';
import { badRequest } from './refusal.ts';
import { messageOnWire } from './wire.ts';
import type { Chat, Message } from './world.ts';

const QUERY_LIVES_MS = 60_000;

/** The labels of an inline keyboard. */
export const labels = (keyboard: readonly (readonly Json[])[]): string[] =>
  keyboard.flat().map((button) => String(button.text ?? ''));

const keyboardOf = (values: Json): readonly (readonly Json[])[] => {
  const markup = values.reply_markup;
  return isObject(markup) && Array.isArray(markup.inline_keyboard) ? markup.inline_keyboard : [];
};

const entitiesOf = (values: Json, name: string): readonly Json[] =>
  Array.isArray(values[name]) ? values[name].filter(isObject) : [];

/** Text as people read it: an HTML text loses its tags. */
function read(values: Json): string {
  const given = text(values, 'text') ?? '';
  if (values.parse_mode !== 'HTML') return given;
  if (
    /&(?!(lt|gt|amp|quot|#\d+|#x[0-9a-f]+);)|<(?!\/?(b|i|u|s|a|code|pre|blockquote|tg-)[\s>/=])/i.test(given)
  )
    throw badRequest("can't parse entities");
  return given
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

/** The message answered, if it is still there. @throws Refusal when it is not and must be */
function repliedTo({ world }: Parts, chat: Chat, values: Json): number | null {
  const to = values.reply_parameters;
  if (!isObject(to)) return null;
  const id = integer(to, 'message_id') ?? 0;
  if (world.message(chat, id) !== null) return id;
  if (to.allow_sending_without_reply === true) return null;
  throw badRequest('message to be replied not found');
}

/** The topic to write in, none for General. @throws Refusal when it is closed or gone */
function topicOf(chat: Chat, values: Json): number | null {
  const thread = integer(values, 'message_thread_id');
  const lost = thread === null ? undefined : chat.lostTopics.get(thread);
  if (lost !== undefined) throw badRequest(lost);
  return thread;
}

type Shown = 'message' | 'edit' | 'delete' | 'document';

function shown(parts: Parts, chat: Chat, message: Message, kind: Shown): void {
  parts.ledger.record({
    platform: 'telegram',
    kind,
    chat: String(chat.id),
    person: null,
    messageId: String(message.id),
    text: message.text ?? '',
    buttons: labels(message.keyboard),
    silent: kind === 'edit' || kind === 'delete' || message.silent,
  });
  parts.changes.tell({ kind: 'conversation', platform: 'telegram', id: String(chat.id) });
}

const sendMessage: Method = (parts, { values }) => {
  const chat = chatOf(parts, values);
  mayWrite(chat);
  const said = read(values);
  if (said.trim() === '') throw badRequest('message text is empty');
  const message = parts.world.post(chat, {
    byBot: true,
    text: said,
    entities: entitiesOf(values, 'entities'),
    keyboard: keyboardOf(values),
    silent: values.disable_notification === true,
    replyTo: repliedTo(parts, chat, values),
    thread: topicOf(chat, values),
  });
  shown(parts, chat, message, 'message');
  return messageOnWire(parts.world, chat, message);
};

const sendDocument: Method = async (parts, { values }) => {
  const chat = chatOf(parts, values);
  mayWrite(chat);
  const file = values.document;
  if (!(file instanceof File)) throw badRequest('there is no document in the request');
  const content = await file.text();
  const message = parts.world.post(chat, {
    byBot: true,
    text: null,
    keyboard: keyboardOf(values),
    silent: values.disable_notification === true,
    replyTo: repliedTo(parts, chat, values),
    extra: {
      document: {
        file_id: `document-${chat.id}-${chat.lastMessageId + 1}`,
        file_unique_id: `u${chat.lastMessageId + 1}`,
        file_name: file.name,
        mime_type: file.type,
        file_size: file.size,
      },
      ...(text(values, 'caption') === null ? {} : { caption: text(values, 'caption') }),
    },
  });
  parts.world.documents.set(`${chat.id}/${message.id}`, { name: file.name, content });
  shown(parts, chat, message, 'document');
  return messageOnWire(parts.world, chat, message);
};

/** The bot's own message that an edit means. @throws Refusal when it is not there or not ours */
function editable(parts: Parts, values: Json): { chat: Chat; message: Message } {
  const chat = chatOf(parts, values);
  mayWrite(chat);
  const message = parts.world.message(chat, integer(values, 'message_id') ?? 0);
  if (message === null) throw badRequest('message to edit not found');
  if (!message.byBot) throw badRequest("message can't be edited");
  return { chat, message };
}

function edit(
  parts: Parts,
  values: Json,
  to: { text: string | null; entities: readonly Json[]; keyboard: readonly (readonly Json[])[] },
): Json {
  const { chat, message } = editable(parts, values);
  const before = JSON.stringify([message.text, message.entities, message.keyboard]);
  if (before === JSON.stringify([to.text, to.entities, to.keyboard])) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  }
  Object.assign(message, to, { editedAt: parts.world.now() });
  shown(parts, chat, message, 'edit');
  return messageOnWire(parts.world, chat, message);
}

const editMessageText: Method = (parts, { values }) => {
  if (values.chat_id === undefined) throw badRequest('message identifier is not specified');
  return edit(parts, values, {
    text: read(values),
    entities: entitiesOf(values, 'entities'),
    keyboard: keyboardOf(values),
  });
};

const editMessageReplyMarkup: Method = (parts, { values }) => {
  const { message } = editable(parts, values);
  return edit(parts, values, {
    text: message.text,
    entities: message.entities,
    keyboard: keyboardOf(values),
  });
};

const deleteMessage: Method = (parts, { values }) => {
  const chat = chatOf(parts, values);
  mayWrite(chat);
  const id = integer(values, 'message_id') ?? 0;
  const message = parts.world.message(chat, id);
  if (message === null) throw badRequest('message to delete not found');
  chat.messages = chat.messages.filter((other) => other !== message);
  shown(parts, chat, message, 'delete');
  return true;
};

const answerCallbackQuery: Method = (parts, { values }) => {
  const query = parts.world.queries.get(text(values, 'callback_query_id') ?? '');
  if (query === undefined || query.answered || parts.world.now() - query.at > QUERY_LIVES_MS) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  }
  query.answered = true;
  parts.world.queries.delete(query.id);
  const toast = text(values, 'text') ?? '';
  if (toast !== '') {
    parts.ledger.record({
      platform: 'telegram',
      kind: 'toast',
      chat: String(query.chat.id),
      person: String(query.person.id),
      messageId: null,
      text: toast,
      buttons: [],
      silent: true,
    });
    parts.changes.tell({
      kind: 'toast',
      platform: 'telegram',
      person: String(query.person.id),
      text: toast,
      alert: values.show_alert === true,
    });
  }
  return true;
};

const sendChatAction: Method = (parts, { values }) => {
  const chat = chatOf(parts, values);
  mayWrite(chat);
  parts.changes.tell({ kind: 'typing', platform: 'telegram', id: String(chat.id) });
  return true;
};

export const messageMethods: Readonly<Record<string, Method>> = {
  sendMessage,
  sendDocument,
  sendChatAction,
  editMessageText,
  editMessageReplyMarkup,
  deleteMessage,
  answerCallbackQuery,
};
