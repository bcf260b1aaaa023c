/** @import { State } from './state.js' */
import { act } from './api.js';
import { avatar, botAvatar } from './avatar.js';
import { CLIENT } from './client-words.js';
import { h, ICONS, reconcile, redraw, stayAtEnd } from './dom.js';
import { menu } from './menu.js';
import { peopleBar } from './people-bar.js';
import { TelegramComposer } from './telegram-composer.js';
import { bubble } from './telegram-message.js';

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

  const composer = new TelegramComposer(state, foot);
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
