/** @import { State } from './state.js' */
import { act } from './api.js';
import { CLIENT } from './client-words.js';
import { h, ICONS, icon } from './dom.js';

/** The line to write in; `/allim …` is the slash command. */
export class SlackComposer {
  /** @param {State} state @param {HTMLElement} foot */
  constructor(state, foot) {
    this.state = state;
    this.foot = foot;
    this.shape = '';
    this.input = h('textarea', { rows: 1, class: 'sl-input', maxlength: 4000 });
    this.input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send();
    });
    this.input.addEventListener('input', () => this.grow());
  }

  /** @param {string} text */
  offer(text) {
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
    const there = { channel: this.state.channel.id, person: this.state.onSlack.slack };
    const slash = /^\/allim(?:\s+([\s\S]*))?$/.exec(text);
    void (slash === null
      ? act('slack/say', { ...there, text })
      : act('slack/slash', { ...there, text: slash[1] ?? '' }));
  }

  draw() {
    const { channel, onSlack: me, slackPlace } = this.state;
    const shape = JSON.stringify([channel.id, channel.botIn, me.key, me.language]);
    if (shape === this.shape) return;
    this.shape = shape;
    const words = CLIENT[me.language];
    const name = slackPlace === 'app' ? this.state.setup.slack.bot.realName : `#${channel.name}`;
    this.input.placeholder = me.language === 'ko' ? `${name} ${words.to}` : `${words.to} ${name}`;
    this.input.setAttribute('aria-label', `Slack: ${this.input.placeholder}`);
    const there = { channel: channel.id, person: me.slack };
    this.foot.replaceChildren(
      channel.botIn ? '' : h('p', { class: 'sl-notin' }, words.notIn),
      h(
        'div',
        { class: 'sl-box' },
        this.input,
        h(
          'div',
          { class: 'sl-tools' },
          h('button', { type: 'button', class: 'sl-tool', onclick: () => this.offer('/allim ') }, '/allim'),
          slackPlace === 'app'
            ? null
            : h(
                'button',
                {
                  type: 'button',
                  class: 'sl-tool',
                  'aria-label': words.mention,
                  title: words.mention,
                  onclick: () => this.offer(`@${this.state.setup.slack.bot.realName} `),
                },
                '@',
              ),
          h(
            'button',
            {
              type: 'button',
              class: 'sl-tool',
              'aria-label': words.file,
              title: words.file,
              onclick: () => act('slack/file', { ...there, name: '민원.pdf', mimetype: 'application/pdf' }),
            },
            icon(ICONS.attach, 16),
          ),
          h('span', { class: 'spacer' }),
          h(
            'button',
            { type: 'button', class: 'sl-send', 'aria-label': words.send, onclick: () => this.send() },
            icon(ICONS.send, 16),
          ),
        ),
      ),
    );
  }
}
