/** @import { State } from './state.js' */
/** @import { TelegramEntity, TelegramMessage } from './shapes' */
import { act } from './api.js';
import { CLIENT } from './client-words.js';
import { clockTime, h, ICONS, icon } from './dom.js';

/** A message as a bubble with its keyboard. @param {State} state @param {TelegramMessage} message */
export function bubble(state, message) {
  const words = CLIENT[state.onTelegram.language];
  const chat = state.chat;
  if (message.note !== null) return h('div', { class: 'tg-note' }, words.moved);
  const mine = message.from?.id === state.onTelegram.telegram && chat.type !== 'channel';
  const name = message.byBot ? state.setup.telegram.bot.firstName : (message.from?.name ?? chat.title);
  const replied = chat.messages.find((other) => other.id === message.replyTo);
  const text =
    message.text === null
      ? null
      : h('div', { class: 'tg-text', dir: 'auto' }, styled(message.text, message.entities));
  const meta = h(
    'span',
    { class: 'tg-meta' },
    message.silent && message.byBot ? `${words.silent} · ` : '',
    message.editedAt === null ? '' : `${words.edited} `,
    h('time', {}, clockTime(message.at)),
  );
  return h(
    'div',
    { class: `tg-row ${mine ? 'mine' : 'theirs'}` },
    h(
      'div',
      { class: 'tg-stack' },
      h(
        'div',
        { class: 'tg-bubble' },
        chat.type !== 'private' && !mine
          ? h('div', { class: `tg-name${message.byBot ? ' bot' : ''}` }, name)
          : null,
        replied ? h('div', { class: 'tg-replied' }, (replied.text ?? '').split('\n')[0] ?? '') : null,
        message.attachment === null ? null : attachment(state, message),
        text,
        meta,
      ),
      message.keyboard.length === 0 ? null : keyboard(state, message),
    ),
  );
}

/** @param {State} state @param {TelegramMessage} message */
function keyboard(state, message) {
  return h(
    'div',
    { class: 'tg-keyboard' },
    message.keyboard.map((row) =>
      h(
        'div',
        { class: 'tg-keys' },
        row.map((button) =>
          h(
            'button',
            {
              type: 'button',
              class: button.style ?? '',
              onclick: () =>
                act('telegram/press', {
                  chat: state.chatId,
                  person: state.onTelegram.telegram,
                  message: message.id,
                  button: button.callback_data ?? button.text,
                }),
            },
            button.text,
          ),
        ),
      ),
    ),
  );
}

/** @param {State} state @param {TelegramMessage} message */
function attachment(state, message) {
  const words = /** @type {Record<string, string>} */ (CLIENT[state.onTelegram.language]);
  const { kind = '', name = '' } = message.attachment ?? {};
  if (kind === 'sticker') return h('div', { class: 'tg-sticker' }, name);
  const label = name || words[kind] || kind;
  const link = `/sandbox/api/telegram/documents/${state.chatId}/${message.id}`;
  return h(
    'div',
    { class: 'tg-file' },
    h('span', { class: 'tg-file-icon' }, icon(ICONS.file)),
    message.byBot ? h('a', { href: link, download: name }, label) : h('span', {}, label),
  );
}

/**
 * Text with its bold, italic and linked parts.
 * @param {string} text
 * @param {readonly TelegramEntity[]} entities
 */
function styled(text, entities) {
  const tags = /** @type {Record<string, keyof HTMLElementTagNameMap>} */ ({
    bold: 'strong',
    italic: 'em',
    underline: 'u',
    strikethrough: 's',
    code: 'code',
    pre: 'code',
    bot_command: 'b',
    mention: 'b',
    blockquote: 'q',
  });
  /** @type {(Node | string)[]} */
  const parts = [];
  let at = 0;
  for (const { type, offset, length } of [...entities].sort((a, b) => a.offset - b.offset)) {
    if (offset < at) continue;
    parts.push(text.slice(at, offset));
    const tag = tags[type];
    const inner = text.slice(offset, offset + length);
    parts.push(tag === undefined ? inner : h(tag, { class: `tg-${type}` }, inner));
    at = offset + length;
  }
  return [...parts, text.slice(at)];
}
