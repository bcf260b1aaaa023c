/** @import { State } from './state.js' */
/** @import { SlackMessage } from './shapes' */
import { act } from './api.js';
import { avatar, botAvatar } from './avatar.js';
import { clockTime, h, ICONS, icon, reconcile, redraw, stayAtEnd } from './dom.js';
import { menu } from './menu.js';
import { mrkdwn } from './mrkdwn.js';
import { peopleBar } from './people-bar.js';
import { drawBlocks } from './slack-blocks.js';
import { slackModal } from './slack-modal.js';
import { CLIENT } from './words.js';

/** The Slack-like workspace. @param {State} state @param {HTMLElement} pane */
export function slackPane(state, pane) {
  const bar = h('div');
  const side = h('nav', { class: 'sl-side' });
  const header = h('div', { class: 'sl-header' });
  const log = h('div', { class: 'sl-log', role: 'log', 'aria-live': 'polite', tabindex: '0' });
  const foot = h('div', { class: 'sl-foot' });
  const intro = h('div', { class: 'sl-intro' });
  const room = h('div', { class: 'sl-room' }, header, intro, log, foot);
  pane.append(bar, h('div', { class: 'app sl' }, side, room));
  const composer = new Composer(state, foot);
  const drawModal = slackModal(state, room);
  const settle = stayAtEnd(log);
  let place = '';

  const draw = () => {
    const { channel, onSlack: me } = state;
    const unread = [...state.unread];
    redraw(bar, [me, unread], () => [
      peopleBar(
        'Slack',
        state.citizens,
        me,
        (citizen) => {
          state.onSlack = citizen;
          state.changed();
        },
        (language) => state.setLanguage(me, language),
        (citizen) => state.unread.has(citizen.slackDirect),
      ),
    ]);
    side.setAttribute('aria-label', CLIENT[me.language].channels);
    redraw(side, [state.slackPlace, me, unread], () => sideEntries(state));
    redraw(header, [state.slackPlace, state.slackTab, me, channel.botIn], () => headerParts(state));
    const atHome = state.slackPlace === 'app' && state.slackTab === 'home';
    const here = `${channel.id}/${me.key}/${atHome}`;
    if (here !== place) log.replaceChildren();
    intro.hidden = true;
    if (atHome) drawHome(state, log);
    else {
      const seen = channel.messages.filter(
        (message) => message.onlyFor === null || message.onlyFor === me.slack,
      );
      redraw(intro, [channel.id, me], () => introParts(state));
      intro.hidden = seen.length > 0;
      reconcile(
        log,
        seen,
        (message) => message.ts,
        (message) => JSON.stringify([message, me.key, me.language]),
        (message) => drawMessage(state, message),
      );
      settle(here !== place);
    }
    place = here;
    foot.hidden = atHome;
    composer.draw();
    drawModal();
  };
  state.listen(draw);
  draw();
  return { composer };
}

/** @param {State} state */
const namesIn = (state) => (/** @type {string} */ id) => {
  if (id === state.setup.slack.bot.user) return state.setup.slack.bot.realName;
  const citizen = state.citizens.find((one) => one.slack === id);
  return citizen?.name ?? state.channels.get(id)?.name ?? id;
};

/** @param {State} state @returns {Node[]} */
function sideEntries(state) {
  const words = CLIENT[state.onSlack.language];
  /** @param {string} to @param {(Node | string)[]} label */
  const entry = (to, ...label) =>
    h(
      'button',
      {
        type: 'button',
        class: state.unread.has(to === 'app' ? state.onSlack.slackDirect : to)
          ? 'sl-entry unread'
          : 'sl-entry',
        'aria-current': state.slackPlace === to ? 'page' : null,
        onclick: () => {
          state.slackPlace = to;
          state.changed();
        },
      },
      ...label,
    );
  const channels = [...state.channels.values()].filter((channel) => channel.kind !== 'im');
  return [
    h('div', { class: 'sl-team' }, state.setup.slack.team.name),
    h('div', { class: 'sl-label' }, words.apps),
    entry('app', botAvatar('square'), h('span', {}, state.setup.slack.bot.realName)),
    h('div', { class: 'sl-label' }, words.channels),
    ...channels.map((channel) =>
      entry(
        channel.id,
        h('span', { class: 'sl-hash', 'aria-hidden': 'true' }, channel.kind === 'private' ? '🔒' : '#'),
        h('span', {}, channel.name),
      ),
    ),
  ];
}

/** @param {State} state @returns {Node[]} */
function headerParts(state) {
  const { channel, onSlack: me } = state;
  const words = CLIENT[me.language];
  if (state.slackPlace === 'app') {
    return [
      h(
        'div',
        { class: 'sl-title' },
        botAvatar('square'),
        h('strong', {}, state.setup.slack.bot.realName),
        h('span', { class: 'sl-badge' }, words.app),
      ),
      h(
        'div',
        { class: 'sl-tabs', role: 'tablist' },
        /** @type {const} */ (['home', 'messages']).map((tab) =>
          h(
            'button',
            {
              type: 'button',
              role: 'tab',
              'aria-selected': String(state.slackTab === tab),
              onclick: () => {
                state.slackTab = tab;
                state.changed();
                if (tab === 'home') void act('slack/home', { person: me.slack });
              },
            },
            words[tab],
          ),
        ),
      ),
    ];
  }
  const there = { channel: channel.id, person: me.slack };
  return [
    h(
      'div',
      { class: 'sl-title' },
      h('strong', {}, `# ${channel.name}`),
      h('span', { class: 'sl-count' }, `${channel.members.length}${words.members}`),
      menu(words.menu, ICONS.more, [
        channel.botIn
          ? [words.removeBot, () => act('slack/remove-bot', there)]
          : [words.addBot, () => act('slack/add-bot', there)],
      ]),
    ),
  ];
}

/** What an empty conversation says. @param {State} state @returns {Node[]} */
function introParts(state) {
  const words = CLIENT[state.onSlack.language];
  const direct = state.slackPlace === 'app';
  return [
    direct ? botAvatar('square') : h('span', { class: 'sl-big-hash', 'aria-hidden': 'true' }, '#'),
    h('strong', {}, direct ? state.setup.slack.bot.realName : state.channel.name),
    h('p', {}, direct ? words.introDirect : words.introChannel),
  ];
}

/** @param {State} state @param {HTMLElement} log */
function drawHome(state, log) {
  const me = state.onSlack;
  const home = state.surfaces.get(me.slack)?.home ?? null;
  if (home === null) {
    log.replaceChildren(h('p', { class: 'sl-empty' }, CLIENT[me.language].emptyHome));
    return;
  }
  if (log.dataset.home === `${home.hash}/${me.language}` && log.childElementCount > 0) return;
  log.dataset.home = `${home.hash}/${me.language}`;
  log.replaceChildren(
    h(
      'div',
      { class: 'sl-home' },
      drawBlocks(home.view.blocks, {
        language: me.language,
        names: namesIn(state),
        press: (button) => act('slack/home-press', { person: me.slack, button }),
        choose: (action, values) => act('slack/home-choose', { person: me.slack, action, values }),
        input: () => h('div'),
      }),
    ),
  );
}

/** @param {State} state @param {SlackMessage} message */
function drawMessage(state, message) {
  const me = state.onSlack;
  const words = CLIENT[me.language];
  const byBot = message.from === null;
  const name = message.from?.name ?? state.setup.slack.bot.realName;
  const there = { channel: state.channel.id, person: me.slack, ts: message.ts };
  const content =
    message.blocks.length > 0
      ? drawBlocks(message.blocks, {
          language: me.language,
          names: namesIn(state),
          press: (button) => act('slack/press', { ...there, button }),
          choose: (action, values) => act('slack/choose', { ...there, action, values }),
          input: () => h('div'),
        })
      : [
          h(
            'div',
            { class: 'sl-section', dir: 'auto' },
            h('div', { class: 'sl-section-text' }, ...mrkdwn(message.text, namesIn(state))),
          ),
        ];
  return h(
    'article',
    {
      class: `sl-message${message.onlyFor === null ? '' : ' ephemeral'}`,
    },
    byBot ? botAvatar('square') : avatar(name, 'square'),
    h(
      'div',
      { class: 'sl-content' },
      message.onlyFor === null ? null : h('div', { class: 'sl-only' }, icon(ICONS.eye, 13), words.onlyYou),
      h(
        'div',
        { class: 'sl-byline' },
        h('strong', {}, name),
        byBot ? h('span', { class: 'sl-badge' }, words.app) : null,
        h('time', {}, clockTime(Number(message.ts) * 1000)),
        message.edited ? h('span', { class: 'sl-edited' }, `(${words.edited})`) : null,
      ),
      message.threadTs === null
        ? null
        : h('div', { class: 'sl-thread' }, threadLine(state, message.threadTs)),
      content,
      message.files.map((file) => h('div', { class: 'sl-file' }, icon(ICONS.file), file)),
    ),
  );
}

/** What a reply in a thread answers. @param {State} state @param {string} ts */
function threadLine(state, ts) {
  const head = state.channel.messages.find((message) => message.ts === ts);
  const words = CLIENT[state.onSlack.language];
  return `↳ ${words.thread}${head === undefined ? '' : `: ${head.text.split('\n')[0]}`}`;
}

/** The line to write in; `/allim …` is the slash command. */
class Composer {
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
