/** @import { State } from './state.js' */
import { act } from './api.js';
import { CLIENT } from './client-words.js';
import { h, ICONS, icon } from './dom.js';
import { menu } from './menu.js';

/** The line to write in, with the bot's commands and what it cannot read. */
export class TelegramComposer {
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
