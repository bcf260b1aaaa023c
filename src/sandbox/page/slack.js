/** @import { State } from './state.js' */
import { act } from './api.js';
import { botAvatar } from './avatar.js';
import { CLIENT } from './client-words.js';
import { h, ICONS, reconcile, redraw, stayAtEnd } from './dom.js';
import { menu } from './menu.js';
import { peopleBar } from './people-bar.js';
import { drawBlocks } from './slack-blocks.js';
import { SlackComposer } from './slack-composer.js';
import { drawMessage, namesIn } from './slack-message.js';
import { slackModal } from './slack-modal.js';

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
  const composer = new SlackComposer(state, foot);
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
