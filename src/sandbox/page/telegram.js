/** @import { State } from './state.js' */
/** @import { TelegramEntity, TelegramMessage } from './shapes' */
import { act } from './api.js';
import { avatar, botAvatar } from './avatar.js';
import { clockTime, h, ICONS, icon, reconcile, redraw, stayAtEnd } from './dom.js';
import { menu } from './menu.js';
import { peopleBar } from './people-bar.js';
import { CLIENT } from './words.js';

const PLACES = /** @type {const} */ (['private', 'group', 'channel']);

/** The Telegram-like chat. @param {State} state @param {HTMLElement} pane */
export function telegramPane(state, pane) {
  const bar = h('div');
  const places = h('div', { class: 'tg-places', role: 'tablist' });
  const header = h('div', { class: 'tg-header' });
  const log = h('div', { class: 'tg-log', role: 'log', 'aria-live': 'polite', tabindex: '0' });
  const intro = h('div', { class: 'tg-intro' });
  const toast = h('div', { class: 'tg-toast', role: 'status' });
  const foot = h('div', { class: 'tg-foot' });
  const app = h(
    'div',
    { class: 'app tg' },
    places,
    header,
    h('div', { class: 'tg-room' }, log, intro, toast),
    foot,
  );
  pane.append(bar, app);

  const composer = new Composer(state, foot);
  const settle = stayAtEnd(log);
  let typingUntil = 0;
  let drawn = '';

  const draw = () => {
    const words = CLIENT[state.onTelegram.language];
    const chat = state.chat;
    const person = state.onTelegram;
    const unread = [...state.unread];
    redraw(bar, [person, unread], () => [
      peopleBar(
        'Telegram',
        state.citizens,
        person,
        (citizen) => {
          state.onTelegram = citizen;
          state.changed();
        },
        (language) => state.setLanguage(person, language),
        (citizen) => state.unread.has(String(citizen.telegram)),
      ),
    ]);
    redraw(places, [state.telegramPlace, person.language, unread], () =>
      PLACES.map((place) => placeTab(state, place)),
    );
    const typing = Date.now() < typingUntil;
    redraw(header, [chat.id, chat.bot, chat.type, chat.members, person, typing], () => [
      chat.type === 'private' ? botAvatar('round') : avatar(chat.title, 'round'),
      h(
        'div',
        { class: 'tg-title' },
        h('strong', {}, chat.type === 'private' ? state.setup.telegram.bot.firstName : chat.title),
        h(
          'span',
          { class: typing ? 'typing' : '' },
          typing
            ? words.typing
            : chat.type === 'private'
              ? words.bot
              : `${chat.members.length}${words.members}`,
        ),
      ),
      tricks(state),
    ]);
    intro.hidden = chat.messages.length > 0 || chat.type !== 'private';
    redraw(intro, [person.language, state.setup.telegram.description], () => [
      botAvatar('round'),
      h('strong', {}, words.introTitle),
      h('p', {}, state.setup.telegram.description[person.language] || words.introText),
    ]);
    reconcile(
      log,
      chat.messages,
      (message) => `${chat.id}/${message.id}`,
      (message) => JSON.stringify([message, state.onTelegram.key, state.onTelegram.language]),
      (message) => bubble(state, message),
    );
    const place = `${chat.id}/${state.onTelegram.key}`;
    settle(place !== drawn);
    drawn = place;
    composer.draw();
  };
  state.listen(draw);
  draw();
  return {
    composer,
    /** @param {string} text */
    toast(text) {
      toast.textContent = text;
      toast.classList.add('shown');
      setTimeout(() => toast.classList.remove('shown'), 3000);
    },
    /** @param {string} id */
    typing(id) {
      if (id !== String(state.chatId)) return;
      typingUntil = Date.now() + 4000;
      draw();
      setTimeout(draw, 4100);
    },
  };
}

/** @param {State} state @param {(typeof PLACES)[number]} place */
function placeTab(state, place) {
  const id = {
    private: state.onTelegram.telegram,
    group: state.group,
    channel: state.setup.telegram.channel,
  }[place];
  return h(
    'button',
    {
      type: 'button',
      role: 'tab',
      class: state.unread.has(String(id)) ? 'unread' : '',
      'aria-selected': String(state.telegramPlace === place),
      onclick: () => {
        state.telegramPlace = place;
        state.changed();
      },
    },
    CLIENT[state.onTelegram.language][place],
  );
}

/** @param {State} state @param {TelegramMessage} message */
function bubble(state, message) {
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

/** Unusual things to try in this chat. @param {State} state */
function tricks(state) {
  const words = CLIENT[state.onTelegram.language];
  const person = state.onTelegram.telegram;
  const chat = state.chat;
  /** @type {[string, () => Promise<unknown>][]} */
  const items =
    chat.type === 'private'
      ? [
          chat.bot === 'kicked'
            ? [words.unblock, () => act('telegram/unblock', { person })]
            : [words.block, () => act('telegram/block', { person })],
        ]
      : [
          chat.bot === 'kicked' || chat.bot === 'left'
            ? [
                words.addBot,
                () =>
                  act('telegram/bot', {
                    chat: chat.id,
                    person,
                    status: chat.type === 'channel' ? 'administrator' : 'member',
                  }),
              ]
            : [words.removeBot, () => act('telegram/bot', { chat: chat.id, person, status: 'kicked' })],
          ...(chat.type === 'group'
            ? [
                /** @type {[string, () => Promise<unknown>]} */ ([
                  words.migrate,
                  () => act('telegram/migrate', { chat: chat.id }),
                ]),
              ]
            : []),
        ];
  return menu(words.menu, ICONS.more, items);
}

/** The line to write in, with the bot's commands and what it cannot read. */
class Composer {
  /** @param {State} state @param {HTMLElement} foot */
  constructor(state, foot) {
    this.state = state;
    this.input = h('textarea', { rows: 1, class: 'tg-input', maxlength: 4096 });
    this.foot = foot;
    this.shape = '';
    /** A text was offered before the person pressed start. */
    this.begun = false;
    this.input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send();
    });
    this.input.addEventListener('input', () => this.grow());
  }

  /** Puts a text there, ready to be sent. @param {string} text */
  offer(text) {
    this.begun = true;
    this.draw();
    this.input.value = text;
    this.grow();
    this.input.focus();
  }

  grow() {
    this.input.style.height = 'auto';
    this.input.style.height = `${Math.min(this.input.scrollHeight, 120)}px`;
  }

  send() {
    const text = this.input.value.trim();
    if (text === '') return;
    this.input.value = '';
    this.grow();
    const { chatId, onTelegram } = this.state;
    void act('telegram/say', { chat: chatId, person: onTelegram.telegram, text });
  }

  draw() {
    const { state } = this;
    const words = CLIENT[state.onTelegram.language];
    const chat = state.chat;
    const shape = JSON.stringify([
      chat.id,
      chat.bot,
      chat.messages.length === 0 && !this.begun,
      state.onTelegram.key,
      words.send,
      state.commands.length,
    ]);
    if (shape === this.shape) return;
    this.shape = shape;
    const person = state.onTelegram.telegram;
    if (chat.type === 'private' && chat.bot === 'kicked') {
      this.foot.replaceChildren(
        h(
          'button',
          { type: 'button', class: 'tg-wide', onclick: () => act('telegram/unblock', { person }) },
          words.unblock,
        ),
      );
      return;
    }
    if (chat.type === 'private' && chat.messages.length === 0 && !this.begun) {
      this.foot.replaceChildren(
        h(
          'button',
          {
            type: 'button',
            class: 'tg-wide',
            onclick: () => act('telegram/say', { chat: chat.id, person, text: '/start' }),
          },
          words.start,
        ),
      );
      return;
    }
    const runs = chat.members.some((m) => m.id === person && ['creator', 'administrator'].includes(m.status));
    if (chat.type === 'channel' && !runs) {
      this.foot.replaceChildren(h('p', { class: 'tg-watching' }, words.watching));
      return;
    }
    this.input.placeholder = chat.type === 'channel' ? words.broadcast : words.message;
    this.input.setAttribute('aria-label', `Telegram: ${this.input.placeholder}`);
    const group = chat.type !== 'private';
    const name = `@${state.setup.telegram.bot.username}`;
    this.foot.replaceChildren(
      menu(
        words.commands,
        ICONS.menu,
        state.commands.map(({ command, description }) => [
          `/${command} — ${description}`,
          () => this.offer(`/${command}${group ? name : ''} `),
        ]),
      ),
      this.input,
      ...(group
        ? [
            h(
              'button',
              {
                type: 'button',
                class: 'tg-mention',
                title: words.mention,
                'aria-label': words.mention,
                onclick: () => this.offer(`${name} `),
              },
              '@',
            ),
          ]
        : []),
      menu(
        words.attach,
        ICONS.attach,
        /** @type {const} */ (['sticker', 'photo', 'voice', 'file']).map((what) => [
          words[what],
          () => act('telegram/send', { chat: chat.id, person, what }),
        ]),
      ),
      h(
        'button',
        { type: 'button', class: 'tg-send', 'aria-label': words.send, onclick: () => this.send() },
        icon(ICONS.send, 20),
      ),
    );
  }
}
